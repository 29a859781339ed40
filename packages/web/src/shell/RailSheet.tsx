import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import { useText } from '../language/text.ts'
import { RailLinks } from './Rail.tsx'
import type { RailEntry } from './rail-entry.ts'

/** The sections that the bar of a narrow screen has no room for. */
export function RailSheet({ entries, onClose }: { entries: readonly RailEntry[]; onClose: () => void }): ReactNode {
  const text = useText()
  return (
    <Sheet isOpen label={text('rail.label')} onClose={onClose}>
      <nav className="rail-sheet" aria-label={text('rail.label')}>
        <Button variant="quiet" aria-label={text('app.close')} onClick={onClose}>
          <Close />
        </Button>
        <RailLinks entries={entries} onFollow={onClose} />
      </nav>
    </Sheet>
  )
}
