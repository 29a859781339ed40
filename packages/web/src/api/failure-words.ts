import { RequestFailure } from '@vitrine/api/request'
import type { Text } from '../language/text.ts'

/** What one can do about a failure. */
export type WayOn = 'retry' | 'reload' | 'none'

/** What is said about a failure. */
export interface FailureWords {
  readonly sentence: string
  readonly wayOn: WayOn
  /** By which the failure is found in the server's log, where the fault is the server's. */
  readonly reference: string | undefined
}

/** Says what failed, and what one can do about it. */
export function wordsOfFailure(failure: unknown, text: Text): FailureWords {
  if (!(failure instanceof RequestFailure))
    return { sentence: text('failure.page'), wayOn: 'reload', reference: undefined }
  const { kind, problem } = failure
  if (kind === 'offline') return { sentence: text('failure.offline'), wayOn: 'retry', reference: undefined }
  if (problem === undefined) return { sentence: text('failure.blocked'), wayOn: 'retry', reference: undefined }
  const reference = problem.status >= 500 ? problem.requestId : undefined
  return { sentence: sentenceOf(failure, text), wayOn: wayOnFrom(problem.code), reference }
}

/** One sentence about a failure. */
export function sentenceOf(failure: unknown, text: Text): string {
  if (!(failure instanceof RequestFailure) || failure.problem === undefined)
    return wordsOfFailure(failure, text).sentence
  return sentenceOfProblem(failure.problem, text)
}

/** One sentence about what the server says is wrong: in the reader's language where there is one, else its own. */
export function sentenceOfProblem(
  { code, detail = '', limit = 0 }: { readonly code: string; readonly detail?: string; readonly limit?: number },
  text: Text,
): string {
  const id = `problem.${code}`
  return text.has(id) ? text(id, { limit }) : detail
}

/** The code of a failure that the server has answered. */
export function codeOf(failure: unknown): string | undefined {
  return failure instanceof RequestFailure ? failure.problem?.code : undefined
}

function wayOnFrom(code: string): WayOn {
  if (
    /^(server\/|storage\/full|rendition\/not-ready|request\/too-many$|upload\/(locked|offset|checksum|digest))/.test(
      code,
    )
  ) {
    return 'retry'
  }
  return /^(request\/(csrf|method-not-allowed|cross-site)|(node|share-link)\/changed|upload\/protocol-version)/.test(
    code,
  )
    ? 'reload'
    : 'none'
}
