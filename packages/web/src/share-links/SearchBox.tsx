import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { SearchField } from '@react-spectrum/s2/SearchField'

/** Pause in typing after which it is looked for, in milliseconds. */
const TYPING = 250

/** A field to look for something; what is typed is told after a pause. */
export function SearchBox(props: { label: string; value: string; onSearch: (value: string) => void }): ReactNode {
  const { label, value, onSearch } = props
  const [typed, setTyped] = useState({ words: value, told: value, seen: value })
  if (typed.seen !== value) {
    // What was told comes back later; anything else was changed from outside: Back, or a button.
    setTyped(value === typed.told ? { ...typed, seen: value } : { words: value, told: value, seen: value })
  }
  useEffect(() => {
    const wanted = typed.words.trim()
    if (wanted === typed.told) return undefined
    const timer = setTimeout(() => {
      setTyped((before) => ({ ...before, told: wanted }))
      onSearch(wanted)
    }, TYPING)
    return () => clearTimeout(timer)
  }, [typed, onSearch])
  return (
    <SearchField
      aria-label={label}
      placeholder={label}
      value={typed.words}
      maxLength={255}
      onChange={(next) => setTyped((before) => ({ ...before, words: next }))}
    />
  )
}
