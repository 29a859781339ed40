import { createRootRoute } from '@tanstack/react-router'
import { Nowhere } from './shell/Nowhere.tsx'
import { PageFailure } from './shell/PageFailure.tsx'
import { Waiting } from './shell/Waiting.tsx'

/** Above every page: what is shown while one loads, when it fails, and where there is none. */
export const rootRoute = createRootRoute({
  pendingComponent: Waiting,
  errorComponent: PageFailure,
  notFoundComponent: Nowhere,
})
