import { useCallback, useMemo } from 'react'
import type { ReactNode } from 'react'
import { layoutOf } from '@vitrine/ui/listing/list-layout.ts'
import { useSelectAllKey } from '@vitrine/ui/listing/use-select-all-key.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import type { CellState } from '@vitrine/ui/VirtualGrid.tsx'
import type { PublicItem } from '@vitrine/api/public'
import { useText } from '../language/text.tsx'
import type { View } from '@vitrine/ui/preferences.ts'
import { ItemCard, ItemRow, labelOf } from './ItemCell.tsx'
import type { Listing } from './listing.ts'

/** What the grid shows, and what it tells. */
export interface ItemGridProps {
  readonly listing: Listing
  readonly view: View
  readonly selection: ListSelection
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
        selection={selection}
        onActivate={activate}
        onVisible={props.onVisible}
        renderCell={renderCell}
      />
    </div>
  )
}
