import { RequestFailure } from '@vitrine/api/request'
import { deadReasonOf } from '../expired/dead-link.ts'
import type { DeadReason } from '../expired/dead-link.ts'
import type { Text } from '../language/text.tsx'

/** Why the link shows nothing (any more), when a failure says so. */
export function deadReasonOfFailure(failure: unknown): DeadReason | undefined {
  const code = failure instanceof RequestFailure ? failure.problem?.code : undefined
  return code?.startsWith('share-link/') ? deadReasonOf(code) : undefined
}

/** A sentence about why something could not be queued. */
export function queueFailureText(failure: unknown, text: Text): string {
  if (!(failure instanceof RequestFailure)) return text('queue.failed', { reason: String(failure) })
  if (failure.kind === 'offline') return text('state.offline.text')
  const { problem } = failure
  if (failure.kind === 'blocked' || problem === undefined) return text('queue.blocked')
  if (problem.code === 'download/empty') return text('queue.empty')
  if (problem.code === 'request/too-many') return text('state.busy')
  if (problem.code === 'download/over-limit' && problem.limit !== undefined && problem.size !== undefined) {
    const contact = problem.contact ?? 'none'
    return text('queue.overLimit', { size: text.bytes(problem.size), limit: text.bytes(problem.limit), contact })
  }
  const reason = deadReasonOfFailure(failure)
  return reason === undefined ? text('queue.failed', { reason: problem.detail }) : text(`dead.${reason}`)
}
