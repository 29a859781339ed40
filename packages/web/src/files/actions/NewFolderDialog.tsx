import type { ReactNode } from 'react'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { useText } from '../../language/text.ts'
import { NewFolderForm } from './NewFolderForm.tsx'
import { useTellMade } from './use-tell-made.ts'

/** Asks for the name of a folder, and makes it. */
export function NewFolderDialog(props: {
  parent: string
  onMade: (folder: { readonly id: string; readonly name: string }) => void
  onClose: () => void
}): ReactNode {
  const text = useText()
  const tellMade = useTellMade()
  return (
    <DialogContainer onDismiss={props.onClose}>
      <Dialog size="S">
        <Heading slot="title">{text('files.newFolder')}</Heading>
        <Content>
          <NewFolderForm
            parent={props.parent}
            onMade={(folder) => {
              tellMade(folder)
              props.onMade(folder)
            }}
            onCancel={props.onClose}
          />
        </Content>
      </Dialog>
    </DialogContainer>
  )
}
