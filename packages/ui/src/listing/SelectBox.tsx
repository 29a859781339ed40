import type { ReactNode } from 'react'
import type { CellState } from '../VirtualGrid.tsx'
import type { ListSelection } from './use-selection.ts'

/** The box that selects one member of a grid. */
export function SelectBox(props: { label: string; state: CellState; onToggle: (index: number) => void }): ReactNode {
  const { label, state, onToggle } = props
  return (
    <label className="select-box" data-select-box="">
      <input
        type="checkbox"
        tabIndex={state.current ? 0 : -1}
        checked={state.selected}
        aria-label={label}
        onChange={() => onToggle(state.index)}
      />
    </label>
  )
}

/** The box that selects everything, or nothing; nothing is drawn over an empty list. */
export function SelectAll(props: { label: string; selection: ListSelection; total: number | undefined }): ReactNode {
  const { label, selection, total } = props
  if (total === undefined || total === 0) return <span className="select-all" />
  return (
    <label className="select-all">
      <span className="select-box">
        <input
          type="checkbox"
          checked={selection.isAll}
          ref={(box) => {
            if (box !== null) box.indeterminate = selection.count > 0 && !selection.isAll
          }}
          onChange={() => (selection.isAll ? selection.clear() : selection.selectAll())}
        />
      </span>
      <span className="select-all-text">{label}</span>
    </label>
  )
}
