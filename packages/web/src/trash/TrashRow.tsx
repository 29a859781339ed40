import type { ReactNode } from 'react'
import Undo from '@react-spectrum/s2/icons/Undo'
import { ItemArt } from '@vitrine/ui/listing/ItemArt.tsx'
import { SelectBox } from '@vitrine/ui/listing/SelectBox.tsx'
import { RowSkeleton } from '@vitrine/ui/listing/skeletons.tsx'
import type { CellState } from '@vitrine/ui/VirtualGrid.tsx'
import { useText } from '../language/text.ts'
import type { TrashedNode } from './trash-listing.ts'
import '@vitrine/ui/listing/items.css'

/** Something in the trash: where it was, who put it there, and when. */
export function TrashRow(props: {
  node: TrashedNode | undefined
  state: CellState
  onToggle: (index: number) => void
  onRestore: (node: TrashedNode) => void
}): ReactNode {
  const text = useText()
  const { node, state, onRestore } = props
  if (node === undefined) return <RowSkeleton />
  const { name, size, trashedAt, trashedBy, parentIsThere } = node
  const folder = folderOf(node)
  const from = parentIsThere ? folder : text('trash.from.gone', { path: folder })
  const facts = [from, size === undefined ? '' : text.bytes(size), text.day(trashedAt)]
  return (
    <div className="list-row" data-selected={state.selected || undefined}>
      <SelectBox label={text('files.select', { name })} state={state} onToggle={props.onToggle} />
      <span className="list-art">
        <ItemArt item={node} />
      </span>
      <span className="list-name">
        <span className="list-name-text" title={name}>
          {name}
        </span>
        <span className="list-facts">{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <span className="list-type" title={from}>
        {from}
      </span>
      <span className="list-dimensions" title={trashedBy.displayName}>
        {trashedBy.displayName}
      </span>
      <span className="list-size">{size === undefined ? '' : text.bytes(size)}</span>
      <span className="list-modified" title={text.moment(trashedAt)}>
        {text.day(trashedAt)}
      </span>
      <button
        type="button"
        className="cell-button"
        tabIndex={state.current ? 0 : -1}
        aria-label={text('trash.restore.one', { name })}
        title={text('trash.restore')}
        onClick={() => onRestore(node)}
      >
        <Undo />
      </button>
    </div>
  )
}

/** Path of the folder where something was. */
function folderOf({ path, name }: Pick<TrashedNode, 'path' | 'name'>): string {
  return path.slice(0, Math.max(1, path.length - name.length - 1))
}
