import { createRoute, redirect } from '@tanstack/react-router'
import { whoever } from '../api/queries.ts'
import { rootRoute } from '../root-route.ts'
import { lazyPage } from '../start/load-part.ts'
import { destinationOf, isInApplication } from './destination.ts'

/** Search parameters of the pages before one is in. */
export interface BeforeSearch {
  /** Where the person wanted to go. */
  readonly to?: string | undefined
}

/**
 * Keeps what leads to this application, and nothing else. The key is always there: the router would let
 * through what stood in the address for one that is missing.
 */
function beforeSearchOf({ to }: Record<string, unknown>): BeforeSearch {
  const destination = destinationOf(to, location.origin)
  return { to: destination === '/' ? undefined : destination }
}

function onwards({ to = '/' }: BeforeSearch) {
  const isOurs = isInApplication(new URL(to, location.origin).pathname)
  return redirect({ href: to, replace: true, reloadDocument: !isOurs })
}

/** `/sign-in`: whoever is signed in already goes on at once. */
export const signInRoute = createRoute({
  path: '/sign-in',
  getParentRoute: () => rootRoute,
  validateSearch: beforeSearchOf,
  component: lazyPage(() => import('./SignInPage.tsx'), 'SignInPage'),
  beforeLoad: async ({ search }) => {
    const me = await whoever()
    if (me !== undefined) throw onwards(search)
  },
})

/** `/choose-password`: before anything else, for whoever signed in with a password that somebody else knows. */
export const choosePasswordRoute = createRoute({
  path: '/choose-password',
  getParentRoute: () => rootRoute,
  validateSearch: beforeSearchOf,
  component: lazyPage(() => import('./ChoosePasswordPage.tsx'), 'ChoosePasswordPage'),
  beforeLoad: async ({ search }) => {
    const me = await whoever()
    if (me === undefined) throw redirect({ to: '/sign-in', search, replace: true })
    if (!me.passwordMustChange) throw onwards(search)
  },
})
