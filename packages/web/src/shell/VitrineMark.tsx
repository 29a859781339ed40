import type { ReactNode } from 'react'
import './vitrine-mark.css'

/** The product's sign. */
export function VitrineMark(): ReactNode {
  return (
    <svg className="vitrine-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect x="3" y="5" width="26" height="22" rx="5" />
      <path d="M8 22l6-8 4 5 3-3.5 4 6.5z" />
      <circle cx="21.5" cy="11.5" r="2.2" />
    </svg>
  )
}
