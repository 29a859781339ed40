import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import Bell from '@react-spectrum/s2/icons/Bell'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import { useNotices } from './notices.ts'

const NoticesPanel = lazyPart(() => import('./NoticesPanel.tsx'), 'NoticesPanel')

/** The way to the notices, with the number of the new ones. */
export function NoticesButton(): ReactNode {
  const text = useText()
  const { unread } = useNotices()
  const [isOpen, setOpen] = useState(false)
  const [wasOpen, setWasOpen] = useState(false)
  const open = () => {
    setOpen(true)
    setWasOpen(true)
  }
  return (
    <span className="notices-button">
      <Button variant="quiet" aria-label={text('notices.button', { unread })} onClick={open}>
        <Bell />
      </Button>
      {unread === 0 ? null : (
        <span className="notices-count" aria-hidden="true">
          {unread}
        </span>
      )}
      {wasOpen ? (
        <Suspense fallback={null}>
          <NoticesPanel isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </span>
  )
}
