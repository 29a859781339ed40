import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import Close from '@react-spectrum/s2/icons/Close'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import CheckmarkCircle from '@react-spectrum/s2/icons/CheckmarkCircle'
import Clock from '@react-spectrum/s2/icons/Clock'
import { useText } from '../language/text.tsx'
import type { Text } from '../language/text.tsx'
import { startTransfer } from '@vitrine/downloads/start-transfer.ts'
import { queueFailureText } from './failure-text.ts'
import type { Notice } from './use-queueing.ts'

/** What is told about the last download that was queued. */
export function NoticeBar(props: {
  notice: Notice | undefined
  onDismiss: () => void
  onInbox: () => void
}): ReactNode {
  const text = useText()
  const { notice } = props
  const download = notice?.kind === 'queued' && notice.download.state === 'ready' ? notice.download : undefined
  return (
    <div className="notice-place" role={notice?.kind === 'failed' ? 'alert' : 'status'}>
      {notice === undefined ? null : (
        <div className="notice" data-kind={notice.kind}>
          <span className="notice-sign">{signOf(notice)}</span>
          <span className="notice-text">{wordsOf(notice, text)}</span>
          {notice.kind === 'queued' ? (
            <span className="notice-actions">
              {download === undefined ? null : (
                <Button variant="accent" onDark onClick={() => startTransfer(download)}>
                  {text('queue.download')}
                </Button>
              )}
              <Button variant="secondary" onDark onClick={props.onInbox}>
                {text('inbox.title')}
              </Button>
            </span>
          ) : null}
          {notice.kind === 'working' ? null : (
            <Button variant="quiet" onDark aria-label={text('app.close')} onClick={props.onDismiss}>
              <Close />
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

function signOf(notice: Notice): ReactNode {
  if (notice.kind === 'failed') return <AlertTriangle />
  return notice.kind === 'queued' && notice.download.state === 'ready' ? <CheckmarkCircle /> : <Clock />
}

function wordsOf(notice: Notice, text: Text): string {
  if (notice.kind === 'working') return text('queue.working')
  if (notice.kind === 'failed') return queueFailureText(notice.failure, text)
  const { entries, size, state, name } = notice.download
  if (state === 'ready') return text('queue.done.ready', { count: entries, size: text.bytes(size) })
  if (state === 'queued' || state === 'preparing') return text('queue.done.preparing', { name })
  return `${name}: ${text(`inbox.state.${state}`)}`
}
