import { useSyncExternalStore } from 'react'

/** What is sent as `X-CSRF-Token` with everything that changes something; of the present session. */
let csrfToken: string | undefined

/** The present session's token against forged requests. */
export function currentCsrfToken(): string | undefined {
  return csrfToken
}

/** Takes the token of a session that was just begun, or found. */
export function holdCsrfToken(token: string | null): void {
  hasLeft = false
  csrfToken = token ?? undefined
}

interface Question {
  readonly answer: Promise<void>
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

let question: Question | undefined
/** The person has gone: what they still wait for is asked of nobody, until somebody has signed in. */
let hasLeft = false
const listeners = new Set<() => void>()

/**
 * Waits until the person has signed in again, in a dialog over what they are doing. Any number of
 * requests wait for the same dialog.
 *
 * @param reason what they fail with when the person gives up, or has gone
 */
export async function signedInAgain(reason: unknown): Promise<void> {
  if (hasLeft) throw reason
  if (question === undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    question = { answer: promise, resolve, reject: () => reject(reason) }
    tell()
  }
  return question.answer
}

/** Lets what waits go on. @param token of the new session */
export function endQuestion(token: string): void {
  holdCsrfToken(token)
  const answered = question
  question = undefined
  answered?.resolve()
  tell()
}

/** Notes that the person has gone: what waits for them to sign in again fails. */
export function notePersonLeft(): void {
  hasLeft = true
  const given = question
  question = undefined
  given?.reject(undefined)
  tell()
}

/** Whether the person has to sign in again before what they do can go on. */
export function useIsAskedToSignIn(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => question !== undefined,
  )
}

function tell(): void {
  for (const listener of listeners) listener()
}
