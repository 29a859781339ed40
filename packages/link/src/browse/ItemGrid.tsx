import { useCallback, useEffect, useEffectEvent, useMemo } from 'react'
import type { ReactNode } from 'react'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import type { CellState, GridLayout } from '@vitrine/ui/VirtualGrid.tsx'
import type { PublicItem } from '@vitrine/api/public'
import { useText } from '../language/text.tsx'
import type { View } from '@vitrine/ui/preferences.ts'
import { ItemCard, ItemRow, labelOf } from './ItemCell.tsx'
import type { Listing } from './listing.ts'
import type { ItemSelection } from './use-selection.ts'

/** What the grid shows, and what it tells. */
export interface ItemGridProps {
  readonly listing: Listing
  readonly view: View
  readonly selection: ItemSelection
  readonly insets: { readonly top: number; readonly bottom: number }
  readonly isNarrow: boolean
  readonly initialIndex: number
  readonly onVisible: (start: number, end: number) => void
  readonly onOpen: (item: PublicItem, index: number) => void
  readonly onQueue: (item: PublicItem) => void
}

/** Cards while the number is not known. */
const UNKNOWN = 24

/** The items of a folder as cards or as rows. */
export function ItemGrid(props: ItemGridProps): ReactNode {
  const { listing, selection, view, onQueue } = props
  const text = useText()
  const { pages } = listing
  const layout = useMemo(() => layoutOf(view, props.isNarrow), [view, props.isNarrow])
  const { toggleAt } = selection
  const renderCell = useCallback(
    (item: PublicItem | undefined, state: CellState) =>
      view === 'cards' ? (
        <ItemCard item={item} state={state} onToggle={toggleAt} onQueue={onQueue} />
      ) : (
        <ItemRow item={item} state={state} onToggle={toggleAt} onQueue={onQueue} />
      ),
    [view, toggleAt, onQueue],
  )
  useSelectAllKey(selection)

  const activate = (index: number, by: 'key' | 'click' | 'double-click') => {
    const item = pages.at(index)
    if (item === undefined) return
    // While something is selected, a click goes on selecting; the double click takes its two clicks back.
    if (by === 'click' && selection.count > 0) selection.toggleAt(index)
    else props.onOpen(item, index)
  }
  return (
    <div className={`grid-${view}${selection.count > 0 ? ' selecting' : ''}`}>
      <VirtualGrid<PublicItem>
        label={text('grid.label')}
        loadingText={text('app.loading')}
        count={pages.total ?? UNKNOWN}
        layout={layout}
        insets={props.insets}
        initialIndex={props.initialIndex}
        at={(index) => pages.at(index)}
        idOf={(item) => item.id}
        textOf={(item) => labelOf(item, text)}
        isSelected={selection.has}
        onToggle={selection.toggleAt}
        onExtend={selection.extend}
        onSelectAll={selection.selectAll}
        onClear={selection.clear}
        onActivate={activate}
        onVisible={props.onVisible}
        renderCell={renderCell}
      />
    </div>
  )
}

function layoutOf(view: View, isNarrow: boolean): GridLayout {
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

/** Ctrl-A selects the items also when the focus is nowhere: selecting the page's text would help nobody. */
function useSelectAllKey(selection: ItemSelection): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.target !== document.body) return
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      selection.selectAll()
    } else if (event.key === 'Escape') selection.clear()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
