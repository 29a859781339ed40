import type { ReactNode } from 'react'
import { useText } from '../language/text.ts'

/** So many are named. */
const NAMED = 5

/** Names of what a question is about, and how many more there are. */
export function NameList({ names, count }: { names: readonly string[]; count: number }): ReactNode {
  const text = useText()
  const named = names.slice(0, NAMED)
  const rest = count - named.length
  return (
    <ul className="name-list">
      {named.map((name, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- names may be equal, and their order stays
        <li key={index}>{name}</li>
      ))}
      {rest > 0 ? <li>{text('names.more', { count: rest })}</li> : null}
    </ul>
  )
}
