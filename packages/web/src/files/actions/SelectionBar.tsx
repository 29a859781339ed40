import type { ComponentType, ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import Copy from '@react-spectrum/s2/icons/Copy'
import Delete from '@react-spectrum/s2/icons/Delete'
import FolderMoveTo from '@react-spectrum/s2/icons/FolderMoveTo'
import Rename from '@react-spectrum/s2/icons/Rename'
import { Button } from '@vitrine/ui/Button.tsx'
import { SelectAll } from '@vitrine/ui/listing/SelectBox.tsx'
import { sizeOfSelection } from '@vitrine/ui/listing/selected-size.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../../language/text.ts'
import type { FolderListing } from '../folder-listing.ts'
import type { FileAction } from './file-actions.ts'

const SHOWN: readonly { readonly action: FileAction; readonly Icon: ComponentType }[] = [
  { action: 'rename', Icon: Rename },
  { action: 'move', Icon: FolderMoveTo },
  { action: 'copy', Icon: Copy },
  { action: 'trash', Icon: Delete },
]

/** What is selected, and what can be done with it. */
export function SelectionBar(props: {
  selection: ListSelection
  pages: FolderListing['pages']
  actions: readonly FileAction[]
  onAction: (action: FileAction) => void
  /** What else can be done with a selection, before the others. */
  children?: ReactNode
}): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const { selection, pages, actions, onAction } = props
  const size = sizeOfSelection(selection.selection, pages)
  const { count } = selection
  const said =
    size === undefined
      ? text('selection.count', { count })
      : text('selection.count.size', { count, size: text.bytes(size) })
  return (
    <section className="selection-bar" aria-label={text('selection.label')}>
      <SelectAll label={text('files.selectAll')} selection={selection} total={pages.total} />
      <span className="selection-count" role="status">
        {selection.isLoading ? text('app.loading') : said}
      </span>
      <Button variant="quiet" aria-label={text('selection.clear')} onClick={selection.clear}>
        <Close />
      </Button>
      <span className="selection-actions">
        {props.children}
        {SHOWN.filter(({ action }) => actions.includes(action)).map(({ action, Icon }) => (
          <Button
            key={action}
            variant="quiet"
            aria-label={text(`action.${action}`)}
            title={text(`action.${action}`)}
            onClick={() => onAction(action)}
          >
            <Icon />
            {isNarrow ? null : <span>{text(`action.${action}`)}</span>}
          </Button>
        ))}
      </span>
    </section>
  )
}
