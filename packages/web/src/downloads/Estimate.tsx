import type { ReactNode } from 'react'
import type { AnswerOf } from '../api/client.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'

type Estimated = AnswerOf<'POST /api/v1/downloads/estimate'>

/** Whether nothing can be queued of it: there is nothing in it, or too much. */
export function isTooMuch(estimate: Estimated | undefined): boolean {
  return estimate !== undefined && (estimate.entries === 0 || isOverLimit(estimate))
}

function isOverLimit({ bytes, limit, isExact }: Estimated): boolean {
  return isExact && limit !== undefined && bytes > limit
}

/** How much a download would be. */
export function Estimate({ estimate, failure }: { estimate: Estimated | undefined; failure: unknown }): ReactNode {
  const text = useText()
  if (estimate === undefined) return <FailureNote failure={failure} />
  return (
    <div className="download-estimate" role="status">
      <p className="download-size">{sizeOf(estimate, text)}</p>
      {estimate.notAllowed === 0 ? null : <p>{text('downloads.notAllowed', { count: estimate.notAllowed })}</p>}
      {estimate.renditionsToMake === 0 ? null : <p>{text('downloads.toMake', { count: estimate.renditionsToMake })}</p>}
      {isOverLimit(estimate) ? <p className="download-limit">{limitOf(estimate, text)}</p> : null}
    </div>
  )
}

function sizeOf({ entries, bytes, parts, isExact }: Estimated, text: ReturnType<typeof useText>): string {
  if (entries === 0) return text('downloads.nothing')
  const size = text.bytes(bytes)
  return text(isExact ? 'downloads.size' : 'downloads.size.most', { count: entries, size, parts })
}

function limitOf({ limit = 0, contact }: Estimated, text: ReturnType<typeof useText>): string {
  const most = text.bytes(limit)
  return contact === undefined
    ? text('downloads.overLimit', { limit: most })
    : text('downloads.overLimit.contact', { limit: most, contact })
}
