import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'
import { trashSortOf } from './trash-sorts.ts'
import type { TrashSort } from './trash-sorts.ts'

/** Search parameters of the trash. */
export interface TrashSearch {
  /** Absent: the newest first. */
  readonly sort?: TrashSort | undefined
}

const trashRoute = createRoute({
  path: '/trash',
  getParentRoute: () => signedInRoute,
  // The key is always there: the router would let through what stood in the address for one that is missing.
  validateSearch: ({ sort }: Record<string, unknown>): TrashSearch => ({ sort: trashSortOf(sort) }),
  component: lazyPage(() => import('./TrashPage.tsx'), 'TrashPage'),
})

/** `/trash`: what may be restored, or removed for good. */
export const trashRoutes = [trashRoute] as const
