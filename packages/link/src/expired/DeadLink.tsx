import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../language/text.tsx'
import type { DeadReason } from './dead-link.ts'
import './dead-link.css'

/** What a visitor reads when the link stops showing anything while the page is open. */
export function DeadLink({ reason }: { reason: DeadReason }): ReactNode {
  const text = useText()
  const title = text(`dead.${reason}`)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <main className="dead-link">
      <svg className="dead-link-mark" viewBox="0 0 64 64" aria-hidden="true">
        <path d="M26 40 l-6 6 a9 9 0 0 1 -13 -13 l9 -9 M38 24 l6 -6 a9 9 0 0 1 13 13 l-9 9 M22 22 L42 42" />
      </svg>
      <h1>{title}</h1>
      <p>{text(`dead.${reason}.text`)}</p>
    </main>
  )
}
