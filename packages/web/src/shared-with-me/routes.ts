import { createRoute } from '@tanstack/react-router'
import { wordsOf } from '../share-links/links-search.ts'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'

/** Search parameters of the links of others. */
export interface SharedWithMeSearch {
  /** In the title. */
  readonly search?: string | undefined
}

/** `/shared-with-me`: links of others for members. */
export const sharedWithMeRoute = createRoute({
  path: '/shared-with-me',
  getParentRoute: () => signedInRoute,
  validateSearch: ({ search }: Record<string, unknown>): SharedWithMeSearch => ({ search: wordsOf(search) }),
  component: lazyPage(() => import('./SharedWithMePage.tsx'), 'SharedWithMePage'),
})
