import type { ReactNode } from 'react'
import { FailurePage } from './FailureNote.tsx'
import { Waiting } from './Waiting.tsx'

/** In place of what is not there: that it is waited for, or why it does not come. */
export function Missing({ failure, onRetry }: { failure: unknown; onRetry: () => void }): ReactNode {
  return failure === undefined ? <Waiting /> : <FailurePage failure={failure} onRetry={onRetry} />
}
