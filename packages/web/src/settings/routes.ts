import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedInRoute } from '../signed-in-route.ts'

const settingsRoute = createRoute({
  path: '/settings',
  getParentRoute: () => signedInRoute,
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
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
  component: lazyRouteComponent(() => import('./ProfileSection.tsx'), 'ProfileSection'),
})

const passwordRoute = createRoute({
  path: '/password',
  getParentRoute: () => settingsRoute,
  component: lazyRouteComponent(() => import('./PasswordSection.tsx'), 'PasswordSection'),
})

const appPasswordsRoute = createRoute({
  path: '/app-passwords',
  getParentRoute: () => settingsRoute,
  component: lazyRouteComponent(() => import('./AppPasswordsSection.tsx'), 'AppPasswordsSection'),
})

const sessionsRoute = createRoute({
  path: '/sessions',
  getParentRoute: () => settingsRoute,
  component: lazyRouteComponent(() => import('./SessionsSection.tsx'), 'SessionsSection'),
})

/** `/settings` and its sections; the sections are listed in `sections.ts`. */
export const settingsRoutes = [
  settingsRoute.addChildren([indexRoute, profileRoute, passwordRoute, appPasswordsRoute, sessionsRoute]),
] as const
