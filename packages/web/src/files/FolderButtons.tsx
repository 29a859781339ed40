import type { ReactNode } from 'react'
import FolderAdd from '@react-spectrum/s2/icons/FolderAdd'
import { Button } from '@vitrine/ui/Button.tsx'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import type { Clipboard } from './actions/clipboard.ts'

/** What can be done in a folder, whatever is selected. */
export function FolderButtons(props: {
  mayCreate: boolean
  clipboard: Clipboard | undefined
  onNewFolder: () => void
  onPaste: () => void
}): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const { mayCreate, clipboard } = props
  if (!mayCreate) return null
  const items = text('files.items', { count: clipboard?.chosen.count ?? 0 })
  return (
    <>
      {clipboard === undefined ? null : (
        <Button
          variant="secondary"
          aria-label={text(`files.paste.${clipboard.how}`, { items })}
          onClick={props.onPaste}
        >
          {text(`files.paste.${clipboard.how}`, { items })}
        </Button>
      )}
      <Button
        variant="quiet"
        aria-label={text('files.newFolder')}
        title={text('files.newFolder')}
        onClick={props.onNewFolder}
      >
        <FolderAdd />
        {isNarrow ? null : <span>{text('files.newFolder')}</span>}
      </Button>
    </>
  )
}
