import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'

/** `/downloads`: what one has queued. */
const inboxRoute = createRoute({
  path: '/downloads',
  getParentRoute: () => signedInRoute,
  component: lazyPage(() => import('./InboxPage.tsx'), 'InboxPage'),
})

/** The pages of downloads. */
export const downloadRoutes = [inboxRoute] as const
