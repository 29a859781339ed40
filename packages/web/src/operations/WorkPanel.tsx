import type { ReactNode } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import Clock from '@react-spectrum/s2/icons/Clock'
import Close from '@react-spectrum/s2/icons/Close'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import { sentenceOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { sentenceOfNode } from './failed-nodes.ts'
import { takeBackListed } from './operate.ts'
import { cancelOperation, isRunning, operationsQuery } from './operations.ts'
import type { Operation } from './operations.ts'

/** One's own work in the background: how far it is, what failed, and what can be done about it. */
export function WorkPanel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const text = useText()
  const { data, error, refetch } = useQuery(operationsQuery)
  const items = data?.items ?? []
  return (
    <Sheet isOpen={isOpen} label={text('work.title')} onClose={onClose}>
      <div className="notices-head">
        <h2>{text('work.title')}</h2>
        <Button variant="quiet" aria-label={text('app.close')} onClick={onClose}>
          <Close />
        </Button>
      </div>
      <FailureNote failure={error} onRetry={() => void refetch()} />
      {items.length === 0 ? (
        <div className="notices-empty">
          <Clock />
          <h3>{text('work.none')}</h3>
          <p>{text('work.none.text')}</p>
        </div>
      ) : (
        <ul className="work-list">
          {items.map((operation) => (
            <WorkEntry key={operation.id} operation={operation} />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function WorkEntry({ operation }: { operation: Operation }): ReactNode {
  const text = useText()
  const { id, kind, state, progress, failed, failures, createdAt, undo, undoOf } = operation
  const what = undoOf === undefined ? text(`work.${kind}`) : text('work.undo')
  const cancel = useMutation({
    mutationFn: () => cancelOperation(id),
    onError: (failure) => tell('failed', sentenceOf(failure, text)),
  })
  const back = useMutation({ mutationFn: () => takeBackListed(operation, text) })
  return (
    <li data-state={state}>
      <strong>{what}</strong>
      <span className="work-facts">
        {text(`work.state.${state}`, { done: progress.done, total: progress.total })} · {text.moment(createdAt)}
      </span>
      {isRunning(operation) ? (
        <progress aria-label={what} max={Math.max(progress.total, 1)} value={progress.done} />
      ) : null}
      {failed === 0 ? null : (
        <>
          <span className="work-failed">{text('work.failed', { items: text('files.items', { count: failed }) })}</span>
          <ul className="name-list">
            {failures.map((failure) => (
              <li key={failure.id}>{sentenceOfNode(failure, text)}</li>
            ))}
          </ul>
        </>
      )}
      <span className="work-actions">
        {isRunning(operation) && kind !== 'import' ? (
          <Button variant="secondary" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
            {text('app.cancel')}
          </Button>
        ) : null}
        {undo ? (
          <Button variant="secondary" disabled={back.isPending} onClick={() => back.mutate()}>
            {text('operation.undo')}
          </Button>
        ) : null}
      </span>
    </li>
  )
}
