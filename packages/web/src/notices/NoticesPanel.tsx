import { useEffect } from 'react'
import type { ReactNode } from 'react'
import Bell from '@react-spectrum/s2/icons/Bell'
import Close from '@react-spectrum/s2/icons/Close'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import { useText } from '../language/text.ts'
import { noteRead, useNotices } from './notices.ts'
import { NoticeSign } from './Toasts.tsx'

/** All that this tab was told, the newest first. */
export function NoticesPanel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const text = useText()
  const { all } = useNotices()
  useEffect(() => {
    if (isOpen) noteRead()
  }, [isOpen])
  return (
    <Sheet isOpen={isOpen} label={text('notices.title')} onClose={onClose}>
      <div className="notices-head">
        <h2>{text('notices.title')}</h2>
        <Button variant="quiet" aria-label={text('app.close')} onClick={onClose}>
          <Close />
        </Button>
      </div>
      {all.length === 0 ? (
        <div className="notices-empty">
          <Bell />
          <h3>{text('notices.none')}</h3>
          <p>{text('notices.none.text')}</p>
        </div>
      ) : (
        <ul className="notices-list">
          {all.map((notice) => (
            <li key={notice.id} data-kind={notice.kind}>
              <NoticeSign kind={notice.kind} />
              <span>
                {notice.text}
                <time dateTime={new Date(notice.toldAt).toISOString()}>
                  {text.moment(new Date(notice.toldAt).toISOString())}
                </time>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}
