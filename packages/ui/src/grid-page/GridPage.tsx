import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useSelection } from '../listing/use-selection.ts'
import { SparsePages } from '../sparse-pages.ts'
import { usePagesVersion } from '../use-sparse-pages.ts'
import { VirtualGrid, type GridLayout } from '../VirtualGrid.tsx'

interface Member {
  readonly id: string
}

/** Four cards side by side in the window of the journeys. */
const cards: GridLayout = { kind: 'cards', minWidth: 300, gap: 8, leastColumns: 1, heightOf: () => 120 }
const rows: GridLayout = { kind: 'rows', height: 20 }

/** A grid and its selection over a list that comes in pages, each after a turn of the event loop. */
export function GridPage(props: { count: number; kind: string; isSelectable: boolean }): ReactNode {
  const { count, kind, isSelectable } = props
  const [pages] = useState(() => listOf(count))
  usePagesVersion(pages)
  const selection = useSelection({ pages, list: 'a list', filter: '' })
  const [activated, setActivated] = useState('nothing')
  const onVisible = useCallback((start: number, end: number) => pages.want(start, end), [pages])
  return (
    <main>
      <h1>A grid</h1>
      <VirtualGrid<Member>
        label="A grid"
        loadingText="Loading"
        count={count}
        layout={kind === 'cards' ? cards : rows}
        insets={{ top: 0, bottom: 0 }}
        at={(index) => pages.at(index)}
        idOf={({ id }) => id}
        textOf={({ id }) => id}
        {...(isSelectable ? { selection } : {})}
        onActivate={(index, by) => setActivated(`${index} by ${by}`)}
        onVisible={onVisible}
        renderCell={(member) => member?.id ?? '…'}
      />
      <output aria-label="Selected">{selection.count}</output>
      <output aria-label="Activated">{activated}</output>
      <button type="button">After the grid</button>
    </main>
  )
}

function listOf(count: number): SparsePages<Member> {
  return new SparsePages<Member>(async (offset, limit) => {
    await new Promise((resolve) => setTimeout(resolve))
    const length = Math.max(0, Math.min(limit, count - offset))
    return { items: Array.from({ length }, (_, at) => ({ id: `Member ${offset + at}` })), total: count }
  }, 50)
}
