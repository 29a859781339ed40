import type { ReactNode } from 'react'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import CheckmarkCircle from '@react-spectrum/s2/icons/CheckmarkCircle'
import Close from '@react-spectrum/s2/icons/Close'
import InfoCircle from '@react-spectrum/s2/icons/InfoCircle'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { hide, holdShown, releaseShown, useNotices } from './notices.ts'
import type { Notice, NoticeKind } from './notices.ts'
import './notices.css'

/** What was just told, at the bottom of the window. It stays while the pointer or the focus is on it. */
export function Toasts(): ReactNode {
  const text = useText()
  const { shown } = useNotices()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- being read is no interaction
    <section
      className="toasts"
      aria-label={text('notices.shown')}
      onPointerEnter={holdShown}
      onPointerLeave={releaseShown}
      onFocus={holdShown}
      onBlur={releaseShown}
    >
      <div role="status">
        {shown.map((notice) => (
          <Toast key={notice.id} notice={notice} />
        ))}
      </div>
    </section>
  )
}

function Toast({ notice }: { notice: Notice }): ReactNode {
  const text = useText()
  const { id, kind, action } = notice
  return (
    <div className="toast" data-kind={kind}>
      <NoticeSign kind={kind} />
      <span className="toast-text">{notice.text}</span>
      {action === undefined ? null : (
        <Button
          variant="secondary"
          onDark
          onClick={() => {
            action.run()
            hide(id)
          }}
        >
          {action.label}
        </Button>
      )}
      <Button variant="quiet" onDark aria-label={text('app.close')} onClick={() => hide(id)}>
        <Close />
      </Button>
    </div>
  )
}

/** The sign of a kind of notice. */
export function NoticeSign({ kind }: { kind: NoticeKind }): ReactNode {
  if (kind === 'failed') return <AlertTriangle />
  return kind === 'done' ? <CheckmarkCircle /> : <InfoCircle />
}
