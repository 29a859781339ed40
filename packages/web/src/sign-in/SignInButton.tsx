import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import type { SigningIn } from './use-sign-in.ts'

/** Sends name and password. It says how long one has to wait, and that a slow answer is meant to be slow. */
export function SignInButton({ signIn, isReady }: { signIn: SigningIn; isReady: boolean }): ReactNode {
  const text = useText()
  const { isPending, wait } = signIn
  const words = wait > 0 ? text('signIn.wait', { seconds: wait }) : text(isPending ? 'signIn.pending' : 'signIn.button')
  return (
    <>
      <Button variant="accent" type="submit" className="entry-button" disabled={!isReady || isPending || wait > 0}>
        {words}
      </Button>
      {isPending ? (
        <p className="entry-slow" role="status">
          {text('signIn.slow')}
        </p>
      ) : null}
    </>
  )
}
