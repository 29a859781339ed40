import { Suspense, lazy, useEffect, useState } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import type { ReactNode } from 'react'
import Download from '@react-spectrum/s2/icons/Import'
import { useText } from '../language/text.tsx'
import { refreshInbox, useInbox } from './inbox.ts'
import { setInboxOpen, useInboxOpen } from './inbox-open.ts'

const InboxPanel = lazy(async () => ({ default: (await import('./InboxPanel.tsx')).InboxPanel }))

/** The way to the Download Inbox, always there, with the number of what is ready. */
export function InboxButton({ isNarrow }: { isNarrow: boolean }): ReactNode {
  const text = useText()
  const isOpen = useInboxOpen()
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (isOpen && !wasOpen) setWasOpen(true)
  const { downloads } = useInbox()
  const ready = downloads?.filter(({ state }) => state === 'ready').length ?? 0
  useEffect(() => void refreshInbox(), [])

  return (
    <>
      <span className="inbox-button">
        <Button variant="quiet" aria-label={text('inbox.button', { ready })} onClick={() => setInboxOpen(true)}>
          <Download />
          {isNarrow ? null : <span>{text('inbox.title')}</span>}
        </Button>
        {ready === 0 ? null : (
          <span className="inbox-count" aria-hidden="true">
            {ready}
          </span>
        )}
      </span>
      {wasOpen ? (
        <Suspense fallback={null}>
          <InboxPanel isOpen={isOpen} onClose={() => setInboxOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
