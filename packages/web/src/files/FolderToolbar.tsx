import { useEffect } from 'react'
import type { ReactNode } from 'react'
import Layout from '@react-spectrum/s2/icons/Layout'
import ViewGrid from '@react-spectrum/s2/icons/ViewGrid'
import ViewList from '@react-spectrum/s2/icons/ViewList'
import { FilterField } from '@vitrine/ui/listing/FilterField.tsx'
import { SelectAll } from '@vitrine/ui/listing/SelectBox.tsx'
import { SortTrigger } from '@vitrine/ui/listing/SortTrigger.tsx'
import { ViewSwitch } from '@vitrine/ui/listing/ViewSwitch.tsx'
import { sortKeyOf, sortKeys } from '@vitrine/ui/listing/sort-order.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useIdle } from '@vitrine/ui/use-idle.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import type { FilesPlace } from './use-files-search.ts'

const SortMenu = lazyPart(() => import('@vitrine/ui/listing/SortMenu.tsx'), 'SortMenu')

const VIEWS = [
  { view: 'card', Icon: ViewGrid },
  { view: 'list', Icon: ViewList },
  { view: 'column', Icon: Layout },
] as const

/** What the tools work on. */
export interface FolderToolbarProps {
  readonly nodeId: string
  readonly place: FilesPlace
  readonly selection: ListSelection
  readonly total: number | undefined
}

/** How a folder is shown: select all, filter, order, view. */
export function FolderToolbar({ nodeId, place, selection, total }: FolderToolbarProps): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  usePartsOfUse()
  const { view, filter, change } = place
  return (
    <div className="tool-row">
      <SelectAll label={text('files.selectAll')} selection={selection} total={total} />
      <FilterField
        label={text('files.filter')}
        clearLabel={text('files.filter.clear')}
        filter={filter}
        list={nodeId}
        onFilter={(typed) => change({ filter: typed === '' ? undefined : typed })}
      />
      {view === 'list' && !isNarrow ? null : <SortTool place={place} isNarrow={isNarrow} />}
      <ViewSwitch
        label={text('files.view')}
        views={VIEWS.filter((offered) => !isNarrow || offered.view !== 'column').map(({ view: offered, Icon }) => ({
          view: offered,
          Icon,
          label: text(`files.view.${offered}`),
        }))}
        chosen={isNarrow && view === 'column' ? 'list' : view}
        onChoose={(chosen) => change({ view: chosen })}
      />
    </div>
  )
}

function SortTool({ place, isNarrow }: { place: FilesPlace; isNarrow: boolean }): ReactNode {
  const text = useText()
  return (
    <SortTrigger
      label={text('sort.label')}
      buttonLabel={text('sort.button', { by: text(`sort.${sortKeyOf(place.sort)}`) })}
      keys={sortKeys.map((key) => ({ key, label: text(`sort.${key}`) }))}
      directions={{ ascending: text('sort.ascending'), descending: text('sort.descending') }}
      sort={place.sort}
      isNarrow={isNarrow}
      part={SortMenu}
      onSort={(sort) => place.change({ sort: sort === 'name' ? undefined : sort })}
    />
  )
}

/** Loads what the first key or click needs, once the page has nothing else to do: what is typed must not come too early. */
function usePartsOfUse(): void {
  const isIdle = useIdle()
  useEffect(() => {
    if (!isIdle) return
    void import('./actions/RenameField.tsx').catch(() => undefined)
    void import('./actions/FolderSelectionBar.tsx').catch(() => undefined)
    void import('./actions/drag-targets.ts').catch(() => undefined)
  }, [isIdle])
}
