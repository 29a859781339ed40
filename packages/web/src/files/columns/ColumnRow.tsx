import type { ReactNode } from 'react'
import ChevronRight from '@react-spectrum/s2/icons/ChevronRight'
import { ItemArt } from '@vitrine/ui/listing/ItemArt.tsx'
import type { GridLayout } from '@vitrine/ui/VirtualGrid.tsx'
import { marksOf, Name } from '../FileCell.tsx'
import type { FileCellProps } from '../FileCell.tsx'
import type { ListedNode } from '../folder-listing.ts'
import './columns.css'

/** Rows of a column. */
export const columnLayout: GridLayout = { kind: 'rows', height: 44, isColumn: true }

/** A node in the column that is worked in. */
export function ColumnCell(props: FileCellProps): ReactNode {
  const { node, state } = props
  if (node === undefined) return <ColumnRow node={node} isSelected={false} />
  return (
    <div className="column-cell" {...marksOf(node, props)}>
      <ColumnRow node={node} isSelected={state.selected} name={<Name {...props} node={node} />} />
    </div>
  )
}

/** A node in a column: its picture, its name, and whether it leads on. */
export function ColumnRow(props: {
  node: ListedNode | undefined
  isSelected: boolean
  /** What is shown in place of the name, as while that is changed. */
  name?: ReactNode
}): ReactNode {
  const { node, isSelected, name } = props
  if (node === undefined) return <div className="column-row" aria-hidden="true" />
  return (
    <div className="column-row" data-selected={isSelected || undefined}>
      <span className="list-art">
        <ItemArt item={node} />
      </span>
      <span className="list-name-text" title={node.name}>
        {name ?? node.name}
      </span>
      {node.kind === 'folder' ? <ChevronRight /> : null}
    </div>
  )
}
