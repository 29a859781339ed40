import type { ComponentType, ReactNode } from 'react'
import Copy from '@react-spectrum/s2/icons/Copy'
import Delete from '@react-spectrum/s2/icons/Delete'
import FolderMoveTo from '@react-spectrum/s2/icons/FolderMoveTo'
import Rename from '@react-spectrum/s2/icons/Rename'
import { sizeOfSelection } from '@vitrine/ui/listing/selected-size.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useText } from '../../language/text.ts'
import type { FolderListing } from '../folder-listing.ts'
import { SelectionBar } from '../SelectionBar.tsx'
import type { FileAction } from './file-actions.ts'

const SHOWN: readonly { readonly action: FileAction; readonly Icon: ComponentType }[] = [
  { action: 'rename', Icon: Rename },
  { action: 'move', Icon: FolderMoveTo },
  { action: 'copy', Icon: Copy },
  { action: 'trash', Icon: Delete },
]

/** What is selected of a folder, and what can be done with it. */
export function FolderSelectionBar(props: {
  selection: ListSelection
  pages: FolderListing['pages']
  actions: readonly FileAction[]
  onAction: (action: FileAction) => void
  children?: ReactNode
}): ReactNode {
  const text = useText()
  const { selection, pages, actions, onAction, children } = props
  const acts = SHOWN.filter(({ action }) => actions.includes(action)).map(({ action, Icon }) => ({
    label: text(`action.${action}`),
    Icon,
    run: () => onAction(action),
  }))
  const size = sizeOfSelection(selection.selection, pages)
  return (
    <SelectionBar selection={selection} total={pages.total} size={size} acts={acts}>
      {children}
    </SelectionBar>
  )
}
