import type { Answer } from '@vitrine/api/request'
import { requestJson } from '@vitrine/api/request'
import type { AnswerOf } from './client.ts'

type Me = AnswerOf<'GET /api/v1/me'>

let early: Promise<Answer<Me>> | undefined

/** Asks who is signed in, before the application's code is there. */
export function askEarly(): void {
  early = requestJson<Me>('/api/v1/me')
  // Whoever takes the answer meets the failure; until then it must not count as unhandled.
  early.catch(() => undefined)
}

/** The answer to {@link askEarly}, once. */
export function takeEarly(): Promise<Answer<Me>> | undefined {
  const taken = early
  early = undefined
  return taken
}
