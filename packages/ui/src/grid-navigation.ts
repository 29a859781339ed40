/** The shape that the arrow keys move in. */
export interface GridShape {
  /** Number of cells. */
  readonly count: number
  /** Cells side by side, at least 1. */
  readonly columns: number
  /** Rows that Page Up and Page Down go over, at least 1. */
  readonly pageRows: number
  /** Written from right to left: the left arrow then leads to the next cell. */
  readonly rightToLeft: boolean
}

/**
 * Where a key leads to, as an index in [0, count); undefined when the key does not move.
 *
 * Keys are those of the ARIA grid pattern. Down from the last full row leads to the last cell, so
 * that an unfinished row can be reached from every column.
 */
export function destinationOf(key: string, from: number, shape: GridShape): number | undefined {
  if (shape.count === 0) return undefined
  const to = stepOf(key, from, shape)
  return to === undefined ? undefined : Math.max(0, Math.min(shape.count - 1, to))
}

function stepOf(key: string, from: number, { count, columns, pageRows, rightToLeft }: GridShape): number | undefined {
  const forward = rightToLeft ? -1 : 1
  switch (key) {
    case 'ArrowRight':
      return from + forward
    case 'ArrowLeft':
      return from - forward
    case 'ArrowDown':
      return isInLastRow(from, count, columns) ? from : from + columns
    case 'ArrowUp':
      return from < columns ? from : from - columns
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'PageDown':
      return from + pageRows * columns
    case 'PageUp':
      return from - pageRows * columns
    default:
      return undefined
  }
}

function isInLastRow(index: number, count: number, columns: number): boolean {
  return Math.floor(index / columns) === Math.floor((count - 1) / columns)
}

/** How many cells of a least width lie side by side, and how wide each becomes, in pixels. */
export function columnsFor(
  width: number,
  minWidth: number,
  gap: number,
  least = 1,
): { columns: number; cellWidth: number } {
  const columns = Math.max(least, Math.floor((width + gap) / (minWidth + gap)))
  return { columns, cellWidth: Math.max(0, (width - gap * (columns - 1)) / columns) }
}
