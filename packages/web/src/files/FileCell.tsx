import { Suspense } from 'react'
import type { ReactNode } from 'react'
import Link from '@react-spectrum/s2/icons/Link'
import More from '@react-spectrum/s2/icons/More'
import { ItemArt } from '@vitrine/ui/listing/ItemArt.tsx'
import { SelectBox } from '@vitrine/ui/listing/SelectBox.tsx'
import { CardSkeleton, RowSkeleton } from '@vitrine/ui/listing/skeletons.tsx'
import type { CellState } from '@vitrine/ui/VirtualGrid.tsx'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import type { ListedNode } from './folder-listing.ts'
import { dimensionsOf, extentOf, factsOf, typeOf } from './node-words.ts'
import '@vitrine/ui/listing/items.css'

const RenameField = lazyPart(() => import('./actions/RenameField.tsx'), 'RenameField')

/** A node in the grid. */
export interface FileCellProps {
  readonly node: ListedNode | undefined
  readonly state: CellState
  readonly isRenaming: boolean
  /** It was put aside, to be moved. */
  readonly isCut: boolean
  readonly onToggle: (index: number) => void
  readonly onMenu: (index: number, button: HTMLElement) => void
  readonly onRenamed: (id: string) => void
}

/** A card: picture, name and what there is to know. */
export function FileCard(props: FileCellProps): ReactNode {
  const text = useText()
  const { node, state, onToggle } = props
  if (node === undefined) return <CardSkeleton />
  return (
    <div className="card" {...marksOf(node, props)}>
      <div className="card-frame">
        <ItemArt item={node} />
        <SelectBox label={text('files.select', { name: node.name })} state={state} onToggle={onToggle} />
        <LinkBadge count={node.liveLinks} />
      </div>
      <MenuButton {...props} node={node} />
      <div className="card-name" title={node.name}>
        <Name {...props} node={node} />
      </div>
      <div className="card-facts">
        {factsOf(node, text).join(' · ')}
        {node.width === undefined ? null : <span className="card-dimensions"> · {dimensionsOf(node, text)}</span>}
      </div>
    </div>
  )
}

/** A row of the list: the same, in columns. */
export function FileRow(props: FileCellProps): ReactNode {
  const text = useText()
  const { node, state, onToggle } = props
  if (node === undefined) return <RowSkeleton />
  return (
    <div className="list-row" {...marksOf(node, props)}>
      <SelectBox label={text('files.select', { name: node.name })} state={state} onToggle={onToggle} />
      <span className="list-art">
        <ItemArt item={node} />
      </span>
      <span className="list-name">
        <span className="list-name-text" title={node.name}>
          <Name {...props} node={node} />
        </span>
        <span className="list-facts">
          {[...factsOf(node, text), dimensionsOf(node, text)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="list-type">{typeOf(node, text)}</span>
      <span className="list-dimensions">{dimensionsOf(node, text)}</span>
      <span className="list-size">{extentOf(node, text)}</span>
      <LinkBadge count={node.liveLinks} />
      <span className="list-modified">{text.day(node.modifiedAt)}</span>
      <MenuButton {...props} node={node} />
    </div>
  )
}

/** What the cell's outermost element says of its node, also to what is dragged over it. */
export function marksOf(node: ListedNode, { state, isCut, isRenaming }: FileCellProps) {
  return {
    'data-selected': state.selected || undefined,
    'data-cut': isCut || undefined,
    draggable: !isRenaming && node.may.includes('modify'),
    ...(node.kind === 'folder'
      ? { 'data-drop-folder': node.id, 'data-name': node.name, 'data-may': node.may.join(' ') }
      : {}),
  }
}

/** The name of a node, or the field in which it is changed. */
export function Name({ node, isRenaming, onRenamed }: FileCellProps & { node: ListedNode }): ReactNode {
  if (!isRenaming) return node.name
  return (
    <Suspense fallback={node.name}>
      <RenameField node={node} onDone={() => onRenamed(node.id)} />
    </Suspense>
  )
}

function MenuButton({ node, state, onMenu }: FileCellProps & { node: ListedNode }): ReactNode {
  const text = useText()
  return (
    <button
      type="button"
      className="cell-button"
      tabIndex={state.current ? 0 : -1}
      aria-haspopup="menu"
      aria-label={text('files.menu', { name: node.name })}
      onClick={(event) => onMenu(state.index, event.currentTarget)}
    >
      <More />
    </button>
  )
}

/** Says that a node is shared by links that work. */
function LinkBadge({ count }: { count: number }): ReactNode {
  const text = useText()
  if (count === 0) return null
  return (
    <span className="link-badge" title={text('files.links', { count })}>
      <Link />
      <span className="visually-hidden">{text('files.links', { count })}</span>
    </span>
  )
}
