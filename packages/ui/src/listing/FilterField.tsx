import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import Search from '@react-spectrum/s2/icons/Search'
import { useTyped } from './use-typed.ts'

/** A field that narrows a list. */
export interface FilterFieldProps {
  readonly label: string
  readonly clearLabel: string
  /** What the list is narrowed to now. */
  readonly filter: string
  /** Which list it is: another one begins with what it is narrowed to. */
  readonly list: string | undefined
  /** Tells what was typed, after a pause. */
  readonly onFilter: (filter: string) => void
}

/** Narrows the list while one types; what is told follows after a pause. */
export function FilterField({ label, clearLabel, filter, list, onFilter }: FilterFieldProps): ReactNode {
  const { words, type } = useTyped(filter, list, onFilter)
  return (
    <div className="filter">
      <Search />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && words !== '') type('')
        }}
      />
      {words === '' ? null : (
        <button type="button" aria-label={clearLabel} onClick={() => type('')}>
          <Close />
        </button>
      )}
    </div>
  )
}
