import type { ReactNode } from 'react'

/** A card whose member is not loaded yet. */
export function CardSkeleton(): ReactNode {
  return (
    <div className="card skeleton" aria-hidden="true">
      <div className="card-frame" />
      <div className="skeleton-line" />
      <div className="skeleton-line short" />
    </div>
  )
}

/** A row whose member is not loaded yet. */
export function RowSkeleton(): ReactNode {
  return (
    <div className="list-row skeleton" aria-hidden="true">
      <span className="list-art" />
      <span className="skeleton-line" />
    </div>
  )
}
