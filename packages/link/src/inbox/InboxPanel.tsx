import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import Close from '@react-spectrum/s2/icons/Close'
import Import from '@react-spectrum/s2/icons/Import'
import Refresh from '@react-spectrum/s2/icons/Refresh'
import { useText } from '../language/text.tsx'
import { VisitorsDownload } from './VisitorsDownload.tsx'
import { refreshInbox, useInbox } from './inbox.ts'
import './inbox.css'

/** The visitor's downloads and their state. */
export function InboxPanel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const text = useText()
  const { downloads, isRefreshing, failure } = useInbox()
  useEffect(() => {
    if (isOpen) void refreshInbox()
  }, [isOpen])
  return (
    <Sheet isOpen={isOpen} label={text('inbox.title')} onClose={onClose}>
      <div className="inbox-head">
        <h2>{text('inbox.title')}</h2>
        <Button variant="quiet" disabled={isRefreshing} onClick={() => void refreshInbox()}>
          <Refresh />
          <span>{text('inbox.refresh')}</span>
        </Button>
        <Button variant="quiet" aria-label={text('app.close')} onClick={onClose}>
          <Close />
        </Button>
      </div>
      {failure === undefined ? null : (
        <p className="inbox-failure" role="alert">
          {text('inbox.failed')}
        </p>
      )}
      {downloads === undefined || downloads.length === 0 ? (
        <div className="inbox-empty">
          <Import />
          <h3>{text(downloads === undefined && failure === undefined ? 'app.loading' : 'inbox.empty')}</h3>
          <p>{text('inbox.empty.text')}</p>
        </div>
      ) : (
        <ul className="inbox-list">
          {downloads.map((download) => (
            <VisitorsDownload key={download.id} download={download} />
          ))}
        </ul>
      )}
    </Sheet>
  )
}
