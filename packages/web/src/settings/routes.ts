import { createRoute, redirect } from '@tanstack/react-router'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'

const settingsRoute = createRoute({
  path: '/settings',
  getParentRoute: () => signedInRoute,
  component: lazyPage(() => import('./SettingsPage.tsx'), 'SettingsPage'),
})

const indexRoute = createRoute({
  path: '/',
  getParentRoute: () => settingsRoute,
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile', replace: true })
  },
})

const profileRoute = createRoute({
  path: '/profile',
  getParentRoute: () => settingsRoute,
  component: lazyPage(() => import('./ProfileSection.tsx'), 'ProfileSection'),
})

const passwordRoute = createRoute({
  path: '/password',
  getParentRoute: () => settingsRoute,
  component: lazyPage(() => import('./PasswordSection.tsx'), 'PasswordSection'),
})

const appPasswordsRoute = createRoute({
  path: '/app-passwords',
  getParentRoute: () => settingsRoute,
  component: lazyPage(() => import('./AppPasswordsSection.tsx'), 'AppPasswordsSection'),
})

const sessionsRoute = createRoute({
  path: '/sessions',
  getParentRoute: () => settingsRoute,
  component: lazyPage(() => import('./SessionsSection.tsx'), 'SessionsSection'),
})

/** `/settings` and its sections; the sections are listed in `sections.ts`. */
export const settingsRoutes = [
  settingsRoute.addChildren([indexRoute, profileRoute, passwordRoute, appPasswordsRoute, sessionsRoute]),
] as const
