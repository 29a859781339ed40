import type { GridLayout } from '../VirtualGrid.tsx'

/** How large cards and rows are: as the style sheet draws them. */
export function layoutOf(view: 'cards' | 'list', isNarrow: boolean): GridLayout {
  if (view === 'list') return { kind: 'rows', height: isNarrow ? 64 : 57 }
  const gap = isNarrow ? 12 : 24
  return {
    kind: 'cards',
    minWidth: isNarrow ? 150 : 236,
    gap,
    leastColumns: 2,
    heightOf: (width) => width * (isNarrow ? 0.86 : 0.75) + 50,
  }
}
