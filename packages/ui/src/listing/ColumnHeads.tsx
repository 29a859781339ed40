import type { ReactNode } from 'react'
import SortDown from '@react-spectrum/s2/icons/SortDown'
import SortUp from '@react-spectrum/s2/icons/SortUp'
import { directionOf, sortAfterPress, sortKeyOf } from './sort-order.ts'
import type { SortDirection, SortOrder } from './sort-order.ts'

/** The heads of a list's columns. */
export interface ColumnHeadsProps<Key extends string> {
  readonly label: string
  readonly columns: readonly { readonly key: Key; readonly label: string }[]
  readonly sort: SortOrder<Key>
  /** What a screen reader says of a column: its name, and whether the order goes by it. */
  readonly stateOf: (label: string, direction: SortDirection | 'none') => string
  readonly onSort: (sort: SortOrder<Key>) => void
}

/** The heads of a list's columns: pressing one orders by it. Each stands over the cells of the class `list-KEY`. */
export function ColumnHeads<Key extends string>(props: ColumnHeadsProps<Key>): ReactNode {
  const { sort } = props
  return (
    <div className="column-heads" role="group" aria-label={props.label}>
      {props.columns.map(({ key, label }) => {
        const direction = sortKeyOf(sort) === key ? directionOf(sort) : undefined
        return (
          <button
            key={key}
            type="button"
            className={`column-head list-${key}`}
            data-active={direction !== undefined || undefined}
            aria-label={props.stateOf(label, direction ?? 'none')}
            onClick={() => props.onSort(sortAfterPress(sort, key))}
          >
            {label}
            {direction === undefined ? null : direction === 'ascending' ? <SortUp /> : <SortDown />}
          </button>
        )
      })}
    </div>
  )
}
