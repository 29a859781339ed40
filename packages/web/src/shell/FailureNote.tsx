import type { ReactNode } from 'react'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { codeOf, wordsOfFailure } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import './failure-note.css'

/** A failure beside what it is about: a sentence, and a way on. */
export function FailureNote({ failure, onRetry }: { failure: unknown; onRetry?: (() => void) | undefined }): ReactNode {
  const text = useText()
  if (failure === undefined || failure === null) return null
  const { sentence, wayOn, reference } = wordsOfFailure(failure, text)
  return (
    <div className="failure-note" role="alert">
      <AlertTriangle />
      <p>
        {sentence}
        {reference === undefined ? null : <small>{text('failure.reference', { reference })}</small>}
      </p>
      <WayOnButton wayOn={wayOn} onRetry={onRetry} />
    </div>
  )
}

/** A failure in place of what would be shown. @param props.level 1 where the page has no other heading */
export function FailurePage(props: { failure: unknown; onRetry: () => void; level?: 1 | 2 }): ReactNode {
  const { failure, onRetry, level = 2 } = props
  const text = useText()
  const { sentence, wayOn, reference } = wordsOfFailure(failure, text)
  const isGone = codeOf(failure)?.endsWith('/not-found') === true
  const words = reference === undefined ? {} : { words: text('failure.reference', { reference }) }
  return (
    <EmptyState
      icon={<AlertTriangle />}
      level={level}
      title={sentence}
      {...words}
      action={
        isGone ? (
          <a className="btn btn-secondary" href="/">
            {text('failure.home')}
          </a>
        ) : (
          <WayOnButton wayOn={wayOn === 'none' ? 'retry' : wayOn} onRetry={onRetry} />
        )
      }
    />
  )
}

function WayOnButton({ wayOn, onRetry }: { wayOn: 'retry' | 'reload' | 'none'; onRetry?: (() => void) | undefined }) {
  const text = useText()
  if (wayOn === 'none' || (wayOn === 'retry' && onRetry === undefined)) return null
  return (
    <Button variant="secondary" onClick={wayOn === 'retry' ? onRetry : () => location.reload()}>
      {text(wayOn === 'retry' ? 'app.retry' : 'app.reload')}
    </Button>
  )
}
