import type { ReactNode } from 'react'
import { AlertDialog } from '@react-spectrum/s2/AlertDialog'
import { DialogContainer } from '@react-spectrum/s2/Dialog'
import { useText } from '../language/text.ts'
import { NameList } from '../operations/NameList.tsx'
import type { ChosenInTrash } from './chosen-in-trash.ts'

/** Asks before something is removed that nobody can bring back. */
export function RemoveQuestion(props: { chosen: ChosenInTrash; onRemove: () => void; onClose: () => void }): ReactNode {
  const text = useText()
  const { chosen, onRemove, onClose } = props
  const { count, names } = chosen
  return (
    <DialogContainer onDismiss={onClose}>
      <AlertDialog
        title={text('trash.remove.title', { items: text('files.items', { count }) })}
        variant="destructive"
        primaryActionLabel={text('trash.remove')}
        cancelLabel={text('app.cancel')}
        onPrimaryAction={onRemove}
      >
        <NameList names={names} count={count} />
        {text('trash.remove.text')}
      </AlertDialog>
    </DialogContainer>
  )
}
