import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { RequestFailure } from '@vitrine/api/request'
import { call } from '../api/client.ts'
import { codeOf, sentenceOf } from '../api/failure-words.ts'
import { holdCsrfToken } from '../api/session.ts'
import { useText } from '../language/text.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

/** Name and password, as they are entered. */
export interface EnteredCredentials {
  readonly name: string
  readonly password: string
}

/** Signing in, and what is told about it. */
export interface SigningIn {
  readonly isPending: boolean
  /** Why the last attempt failed. */
  readonly sentence: string | undefined
  /** So many seconds no attempt is of use; 0: now. */
  readonly wait: number
  readonly attempt: (entered: EnteredCredentials) => void
}

/** Begins a session. @param onDone gets the token against forged requests */
export function useSignIn(onDone: (csrfToken: string) => void): SigningIn {
  const text = useText()
  const [freeAt, setFreeAt] = useState(0)
  const signIn = useMutation({
    mutationFn: (body: EnteredCredentials) => call('POST /api/v1/sessions', { body, signedOut: 'fail' }),
    onSuccess: ({ csrfToken }) => {
      holdCsrfToken(csrfToken)
      onDone(csrfToken)
    },
    onError: (failure) => {
      if (failure instanceof RequestFailure && failure.retryAfter !== undefined)
        setFreeAt(Date.now() + failure.retryAfter)
    },
  })
  const wait = useSecondsUntil(freeAt)
  const isTooMany = codeOf(signIn.error) === 'request/too-many'
  return {
    isPending: signIn.isPending,
    sentence: signIn.error === null || (isTooMany && wait === 0) ? undefined : sentenceOfAttempt(signIn.error, wait),
    wait,
    attempt: (entered) => wait === 0 && signIn.mutate(entered),
  }

  function sentenceOfAttempt(failure: unknown, seconds: number): string {
    if (codeOf(failure) === 'access/unauthenticated') return text('signIn.wrong')
    return codeOf(failure) === 'request/too-many' ? text('signIn.tooMany', { seconds }) : sentenceOf(failure, text)
  }
}
