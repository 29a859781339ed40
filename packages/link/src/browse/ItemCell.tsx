import type { ReactNode } from 'react'
import type { CellState } from '@vitrine/ui/VirtualGrid.tsx'
import { ItemArt } from '@vitrine/ui/listing/ItemArt.tsx'
import { SelectBox } from '@vitrine/ui/listing/SelectBox.tsx'
import { CardSkeleton, RowSkeleton } from '@vitrine/ui/listing/skeletons.tsx'
import Download from '@react-spectrum/s2/icons/Download'
import type { PublicItem } from '@vitrine/api/public'
import { useText } from '../language/text.tsx'
import type { Text } from '../language/text.tsx'
import { typeOf } from './item-type.ts'
import '@vitrine/ui/listing/items.css'

/** An item in the grid. */
export interface ItemCellProps {
  readonly item: PublicItem | undefined
  readonly state: CellState
  readonly onToggle: (index: number) => void
  readonly onQueue: (item: PublicItem) => void
}

/** A card: picture, name and what there is to know; select and queue on hover, focus and touch. */
export function ItemCard(props: ItemCellProps): ReactNode {
  const text = useText()
  const { item, state } = props
  if (item === undefined) return <CardSkeleton />
  return (
    <div className="card" data-selected={state.selected || undefined}>
      <div className="card-frame">
        <ItemArt item={item} />
        <SelectBox label={text('item.select', { name: item.name })} state={state} onToggle={props.onToggle} />
      </div>
      <QueueButton item={item} state={state} onQueue={props.onQueue} />
      <div className="card-name" title={item.name}>
        {item.name}
      </div>
      <div className="card-facts">
        {factsOf(item, text).join(' · ')}
        {item.width === undefined ? null : <span className="card-dimensions"> · {dimensionsOf(item, text)}</span>}
      </div>
    </div>
  )
}

/** A row of the list: the same, in columns. */
export function ItemRow(props: ItemCellProps): ReactNode {
  const text = useText()
  const { item, state } = props
  if (item === undefined) return <RowSkeleton />
  return (
    <div className="list-row" data-selected={state.selected || undefined}>
      <SelectBox label={text('item.select', { name: item.name })} state={state} onToggle={props.onToggle} />
      <span className="list-art">
        <ItemArt item={item} />
      </span>
      <span className="list-name">
        <span className="list-name-text" title={item.name}>
          {item.name}
        </span>
        <span className="list-facts">
          {[...factsOf(item, text), dimensionsOf(item, text)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="list-type">{typeOf(item, text)}</span>
      <span className="list-dimensions">{dimensionsOf(item, text)}</span>
      <span className="list-size">{item.kind === 'folder' ? childrenOf(item, text) : text.bytes(item.size)}</span>
      <span className="list-modified">{text.day(item.modifiedAt)}</span>
      <QueueButton item={item} state={state} onQueue={props.onQueue} />
    </div>
  )
}

/** What a screen reader says of an item. */
export function labelOf(item: PublicItem, text: Text): string {
  if (item.kind === 'asset')
    return text('grid.asset', { name: item.name, type: typeOf(item, text), size: text.bytes(item.size) })
  if (item.children === undefined) return text('grid.folder.plain', { name: item.name })
  return text('grid.folder', { name: item.name, count: item.children })
}

function QueueButton({
  item,
  state,
  onQueue,
}: Omit<ItemCellProps, 'onToggle' | 'item'> & { item: PublicItem }): ReactNode {
  const text = useText()
  const label = text('item.queue', { name: item.name })
  return (
    <button
      type="button"
      className="cell-button"
      tabIndex={state.current ? 0 : -1}
      aria-label={label}
      title={text('queue.button')}
      onClick={() => onQueue(item)}
    >
      <Download />
    </button>
  )
}

function factsOf(item: PublicItem, text: Text): string[] {
  return item.kind === 'folder' ? [childrenOf(item, text)] : [typeOf(item, text), text.bytes(item.size)]
}

function childrenOf(item: PublicItem, text: Text): string {
  return item.children === undefined ? text('item.folder') : text('item.children', { count: item.children })
}

function dimensionsOf({ width, height }: PublicItem, text: Text): string {
  return width === undefined || height === undefined ? '' : text('item.dimensions', { width, height })
}
