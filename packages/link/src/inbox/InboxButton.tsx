import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import Import from '@react-spectrum/s2/icons/Import'
import { useText } from '../language/text.tsx'
import { setInboxOpen } from './inbox-open.ts'
import { refreshInbox, useInbox } from './inbox.ts'

/** The way to the Download Inbox, always there, with the number of what is ready. */
export function InboxButton({ isNarrow }: { isNarrow: boolean }): ReactNode {
  const text = useText()
  const { downloads } = useInbox()
  const ready = downloads?.filter(({ state }) => state === 'ready').length ?? 0
  useEffect(() => void refreshInbox(), [])
  return (
    <span className="inbox-button">
      <Button variant="quiet" aria-label={text('inbox.button', { ready })} onClick={() => setInboxOpen(true)}>
        <Import />
        {isNarrow ? null : <span>{text('inbox.title')}</span>}
      </Button>
      {ready === 0 ? null : (
        <span className="inbox-count" aria-hidden="true">
          {ready}
        </span>
      )}
    </span>
  )
}
