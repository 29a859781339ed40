import { useEffect, useEffectEvent, useState } from 'react'
import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import Search from '@react-spectrum/s2/icons/Search'

/** Pause in typing after which the filter is applied, in milliseconds. */
const TYPING = 250

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
  const [typed, setTyped] = useState({ value: filter, for: filter, list })
  // It changed by itself: Back, or another list.
  if (typed.for !== filter || typed.list !== list) setTyped({ value: filter, for: filter, list })
  const type = (value: string) => setTyped((before) => ({ ...before, value }))
  const apply = useEffectEvent(onFilter)
  useEffect(() => {
    if (typed.value.trim() === typed.for) return undefined
    const timer = setTimeout(() => {
      const value = typed.value.trim()
      setTyped((before) => ({ ...before, for: value }))
      apply(value)
    }, TYPING)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <div className="filter">
      <Search />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={typed.value}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed.value !== '') type('')
        }}
      />
      {typed.value === '' ? null : (
        <button type="button" aria-label={clearLabel} onClick={() => type('')}>
          <Close />
        </button>
      )}
    </div>
  )
}
