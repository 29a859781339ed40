import type { ReactNode } from 'react'
import './EmptyState.css'

/** A place where items would be: what is the matter, and what one can do. */
export function EmptyState(props: { icon: ReactNode; title: string; words?: string; action?: ReactNode }): ReactNode {
  return (
    <div className="empty" role="status">
      <span className="empty-icon">{props.icon}</span>
      <h2>{props.title}</h2>
      {props.words === undefined ? null : <p>{props.words}</p>}
      {props.action}
    </div>
  )
}
