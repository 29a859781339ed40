import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useIsAskedToSignIn } from '../api/session.ts'
import { lazyPart } from '../start/load-part.ts'

const SignInAgainDialog = lazyPart(() => import('./SignInAgainDialog.tsx'), 'SignInAgainDialog')

/** A dialog over what one was doing when the session ended. It is loaded when it is needed. */
export function SignInAgain(): ReactNode {
  const isAsked = useIsAskedToSignIn()
  if (!isAsked) return null
  return (
    <Suspense fallback={null}>
      <SignInAgainDialog />
    </Suspense>
  )
}
