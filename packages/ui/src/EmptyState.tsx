import type { ReactNode } from 'react'
import './EmptyState.css'

/** A place where items would be: what is the matter, and what one can do. */
export function EmptyState(props: {
  icon: ReactNode
  title: string
  words?: string
  action?: ReactNode
  /** 1 where it is all that the page holds. */
  level?: 1 | 2
}): ReactNode {
  const Heading = props.level === 1 ? 'h1' : 'h2'
  return (
    <div className="empty" role="status">
      <span className="empty-icon">{props.icon}</span>
      <Heading>{props.title}</Heading>
      {props.words === undefined ? null : <p>{props.words}</p>}
      {props.action}
    </div>
  )
}
