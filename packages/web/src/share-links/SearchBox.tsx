import type { ReactNode } from 'react'
import { SearchField } from '@react-spectrum/s2/SearchField'
import { useTyped } from '@vitrine/ui/listing/use-typed.ts'

/** A field to look for something; what is typed is told after a pause. */
export function SearchBox(props: { label: string; value: string; onSearch: (value: string) => void }): ReactNode {
  const { label, value, onSearch } = props
  const { words, type } = useTyped(value, undefined, onSearch)
  return <SearchField aria-label={label} placeholder={label} value={words} maxLength={255} onChange={type} />
}
