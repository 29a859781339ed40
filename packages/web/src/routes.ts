import { createRoute, redirect } from '@tanstack/react-router'
import { assetRoutes } from './assets/routes.ts'
import { downloadRoutes } from './downloads/routes.ts'
import { filesRoutes } from './files/routes.ts'
import { rootRoute } from './root-route.ts'
import { sharedLinksRoutes } from './share-links/routes.ts'
import { sharedWithMeRoute } from './shared-with-me/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { choosePasswordRoute, signInRoute } from './sign-in/routes.ts'
import { signedInRoute } from './signed-in-route.ts'
import { trashRoutes } from './trash/routes.ts'

const startRoute = createRoute({
  path: '/',
  getParentRoute: () => signedInRoute,
  beforeLoad: () => {
    throw redirect({ to: '/files', replace: true })
  },
})

/** Every page. A feature adds the routes of its folder here, and its entry to `rail-entries.ts`. */
export const routeTree = rootRoute.addChildren([
  signInRoute,
  choosePasswordRoute,
  signedInRoute.addChildren([
    startRoute,
    ...filesRoutes,
    ...assetRoutes,
    ...sharedLinksRoutes,
    sharedWithMeRoute,
    ...downloadRoutes,
    ...trashRoutes,
    ...settingsRoutes,
  ]),
])
