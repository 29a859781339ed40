import type { ReactNode } from 'react'
import FolderAdd from '@react-spectrum/s2/icons/FolderAdd'
import Paste from '@react-spectrum/s2/icons/Paste'
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
  return (
    <>
      {clipboard === undefined ? null : (
        <Button
          variant="secondary"
          aria-label={text(`files.paste.${clipboard.how}`, { count: clipboard.chosen.count })}
          onClick={props.onPaste}
        >
          <Paste />
          {isNarrow ? null : <span>{text(`files.paste.${clipboard.how}`, { count: clipboard.chosen.count })}</span>}
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
