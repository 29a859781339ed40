import { createRouter } from '@tanstack/react-router'
import { routeTree } from './routes.ts'

/** Leads from addresses to pages. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 0,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
  defaultOnCatch: (error) => console.error(error),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
