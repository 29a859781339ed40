import { useMemo } from 'react'
import type { ReactNode } from 'react'
import type { ItemSort } from '@vitrine/api/public'
import { useVisiblePages } from '@vitrine/ui/listing/use-visible-pages.ts'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import { useText } from '../../language/text.ts'
import { FailureNote } from '../../shell/FailureNote.tsx'
import { folderListing } from '../folder-listing.ts'
import type { ListedNode } from '../folder-listing.ts'
import { labelOf } from '../node-words.ts'
import { columnLayout, ColumnRow } from './ColumnRow.tsx'

/** A folder on the way to the one that is worked in: choosing something in it goes there. */
export function PathColumn(props: {
  folder: string
  label: string
  sort: ItemSort
  /** The child that lies on the way. */
  next: string | undefined
  onGoTo: (id: string) => void
}): ReactNode {
  const text = useText()
  const { folder, label, sort, next, onGoTo } = props
  const wanted = useMemo(() => folderListing({ folder, sort, filter: '' }), [folder, sort])
  const { shown, onVisible, refresh } = useVisiblePages(wanted, isSame)
  const { pages } = shown
  const goTo = (index: number) => {
    const node = pages.at(index)
    if (node !== undefined) onGoTo(node.kind === 'folder' ? node.id : folder)
  }
  return (
    <div className="column">
      <FailureNote failure={pages.failure} onRetry={refresh} />
      <VirtualGrid<ListedNode>
        label={text('files.grid', { name: label })}
        loadingText={text('app.loading')}
        count={pages.total ?? 0}
        layout={columnLayout}
        insets={{ top: 0, bottom: 0 }}
        at={(index) => pages.at(index)}
        idOf={({ id }) => id}
        textOf={(node) => labelOf(node, text)}
        isMarked={(id) => id === next}
        onActivate={goTo}
        onVisible={onVisible}
        onKey={({ key }, index) => {
          if (key !== 'ArrowRight' && key !== ' ') return false
          goTo(index)
          return true
        }}
        renderCell={(node, { selected }) => <ColumnRow node={node} isSelected={selected} />}
      />
    </div>
  )
}

function isSame(): boolean {
  return true
}
