import { createRoute, redirect } from '@tanstack/react-router'
import { whoever } from './api/queries.ts'
import { rootRoute } from './root-route.ts'
import { Shell } from './shell/Shell.tsx'
import { signInRoute } from './sign-in/routes.ts'

/** Above every page of somebody who is signed in: whoever is not, is asked to, and comes back. */
export const signedInRoute = createRoute({
  id: 'signed-in',
  getParentRoute: () => rootRoute,
  component: Shell,
  beforeLoad: async ({ location }) => {
    const me = await whoever()
    if (me === undefined) throw redirect({ to: signInRoute.to, search: { to: location.href }, replace: true })
    if (me.passwordMustChange) throw redirect({ to: '/choose-password', search: { to: location.href }, replace: true })
  },
})
