import { useCallback, useMemo } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { layoutOf } from '@vitrine/ui/listing/list-layout.ts'
import { useSelectAllKey } from '@vitrine/ui/listing/use-select-all-key.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import type { CellState } from '@vitrine/ui/VirtualGrid.tsx'
import { useText } from '../language/text.ts'
import { chosenInTrash } from './chosen-in-trash.ts'
import type { ChosenInTrash } from './chosen-in-trash.ts'
import { TrashRow } from './TrashRow.tsx'
import type { TrashedNode } from './trash-listing.ts'

/** What is in the trash, as rows. Delete removes for good what is selected, after a question. */
export function TrashGrid(props: {
  pages: SparsePages<TrashedNode>
  selection: ListSelection
  /** Height of what sticks to the top of the window above the grid, in pixels. */
  top: number
  onVisible: (start: number, end: number) => void
  onRestore: (node: TrashedNode) => void
  onRemove: (chosen: ChosenInTrash) => void
}): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const { pages, selection, onRestore, onRemove } = props
  const layout = useMemo(() => layoutOf('list', isNarrow), [isNarrow])
  const { toggleAt } = selection
  useSelectAllKey(selection)
  const renderCell = useCallback(
    (node: TrashedNode | undefined, state: CellState) => (
      <TrashRow node={node} state={state} onToggle={toggleAt} onRestore={onRestore} />
    ),
    [toggleAt, onRestore],
  )
  const onKey = ({ key }: KeyboardEvent, index: number) => {
    const node = pages.at(index)
    if (key !== 'Delete' || node === undefined) return false
    onRemove(
      selection.has(node.id)
        ? chosenInTrash(selection.selection, pages)
        : { selection: { nodes: [node.id] }, count: 1, names: [node.name], name: node.name },
    )
    return true
  }
  return (
    <VirtualGrid<TrashedNode>
      label={text('trash.grid')}
      loadingText={text('app.loading')}
      count={pages.total ?? 0}
      layout={layout}
      insets={{ top: props.top, bottom: isNarrow ? 64 : 0 }}
      at={(index) => pages.at(index)}
      idOf={({ id }) => id}
      textOf={({ name, path }) => text('trash.row', { name, path })}
      selection={selection}
      onActivate={(index, by) => (by === 'click' && selection.count > 0 ? toggleAt(index) : selection.only(index))}
      onVisible={props.onVisible}
      onKey={onKey}
      renderCell={renderCell}
    />
  )
}
