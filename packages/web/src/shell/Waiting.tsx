import type { ReactNode } from 'react'
import { useText } from '../language/text.ts'
import './waiting.css'

/** Says after a second that something is being waited for: what comes sooner needs no word. */
export function Waiting({ words }: { words?: string }): ReactNode {
  const text = useText()
  return (
    <p className="waiting" role="status">
      {words ?? text('app.loading')}
    </p>
  )
}
