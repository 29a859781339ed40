import type { ReactNode } from 'react'
import { useRouter } from '@tanstack/react-router'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { FailurePage } from './FailureNote.tsx'

/** A page that could not be shown. */
export function PageFailure({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return <FailurePage level={1} failure={error} onRetry={retry} />
}
