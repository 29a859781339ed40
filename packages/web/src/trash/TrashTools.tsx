import type { ReactNode } from 'react'
import Delete from '@react-spectrum/s2/icons/Delete'
import Undo from '@react-spectrum/s2/icons/Undo'
import { ColumnHeads } from '@vitrine/ui/listing/ColumnHeads.tsx'
import { SelectAll } from '@vitrine/ui/listing/SelectBox.tsx'
import { SortTrigger } from '@vitrine/ui/listing/SortTrigger.tsx'
import { sortKeyOf } from '@vitrine/ui/listing/sort-order.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { SelectionBar } from '../files/SelectionBar.tsx'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import { trashKeys, trashSortOf, usualSort } from './trash-sorts.ts'
import type { TrashSort } from './trash-sorts.ts'

const SortMenu = lazyPart(() => import('@vitrine/ui/listing/SortMenu.tsx'), 'SortMenu')

/** What the tools work on. */
export interface TrashToolsProps {
  readonly sort: TrashSort
  readonly selection: ListSelection
  readonly total: number
  readonly isPending: boolean
  readonly onSort: (sort: TrashSort) => void
  readonly onRestore: () => void
  readonly onRemove: () => void
}

/** Select all and the order; what can be done with what is selected. */
export function TrashTools(props: TrashToolsProps): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const { selection, sort } = props
  return (
    <div className="tools" data-pending={props.isPending || undefined}>
      {selection.count > 0 ? (
        <TrashSelection {...props} />
      ) : (
        <div className="tool-row">
          <SelectAll label={text('files.selectAll')} selection={selection} total={props.total} />
          {isNarrow ? (
            <SortTrigger
              label={text('sort.label')}
              buttonLabel={text('sort.button', { by: text(`trash.sort.${sortKeyOf(sort)}`) })}
              keys={trashKeys.map((key) => ({ key, label: text(`trash.sort.${key}`) }))}
              directions={{ ascending: text('sort.ascending'), descending: text('sort.descending') }}
              sort={sort}
              isNarrow
              part={SortMenu}
              onSort={(next) => props.onSort(trashSortOf(next) ?? usualSort)}
            />
          ) : null}
        </div>
      )}
      {isNarrow ? null : (
        <ColumnHeads
          label={text('sort.label')}
          columns={trashKeys.map((key) => ({ key, label: text(`trash.sort.${key}`) }))}
          sort={sort}
          stateOf={(by, direction) => text('sort.state', { by, direction })}
          onSort={props.onSort}
        />
      )}
    </div>
  )
}

function TrashSelection({ selection, total, onRestore, onRemove }: TrashToolsProps): ReactNode {
  const text = useText()
  const acts = [
    { label: text('trash.restore'), Icon: Undo, run: onRestore },
    { label: text('trash.remove'), Icon: Delete, run: onRemove },
  ]
  return <SelectionBar selection={selection} total={total} acts={acts} />
}
