import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'
import { sharedLinksSearchOf } from './links-search.ts'

const listRoute = createRoute({
  path: '/shared-links',
  getParentRoute: () => signedInRoute,
  validateSearch: sharedLinksSearchOf,
  component: lazyPage(() => import('./SharedLinksPage.tsx'), 'SharedLinksPage'),
})

/** Drawn by the list, over which it lies: so it can go as it came, and the focus returns to where it was. */
const detailsRoute = createRoute({ path: '/$linkId', getParentRoute: () => listRoute })

/** `/shared-links`, and over it the details of a link. */
export const sharedLinksRoutes = [listRoute.addChildren([detailsRoute])] as const
