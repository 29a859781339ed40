import { PathTrail } from '@vitrine/ui/PathTrail.tsx'
import { ColumnHeads } from '@vitrine/ui/listing/ColumnHeads.tsx'
import { FilterField } from '@vitrine/ui/listing/FilterField.tsx'
import { SelectAll } from '@vitrine/ui/listing/SelectBox.tsx'
import { SortTrigger } from '@vitrine/ui/listing/SortTrigger.tsx'
import { ViewSwitch } from '@vitrine/ui/listing/ViewSwitch.tsx'
import { sortKeyOf, sortKeys } from '@vitrine/ui/listing/sort-order.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import type { ReactNode } from 'react'
import ViewGrid from '@react-spectrum/s2/icons/ViewGrid'
import ViewList from '@react-spectrum/s2/icons/ViewList'
import { useText } from '../language/text.tsx'
import { addressOfPlace, goTo, usePlace } from '../place/place.ts'
import type { View } from '@vitrine/ui/preferences.ts'
import { prefer } from '@vitrine/ui/preferences.ts'
import { lazyPart } from '../place/lazy-part.ts'

const SortMenu = lazyPart(() => import('@vitrine/ui/listing/SortMenu.tsx'), 'SortMenu')

/** What the tools work on. */
export interface ToolbarProps {
  readonly view: View
  readonly path: readonly { readonly id: string; readonly name: string }[]
  readonly title: string
  readonly selection: ListSelection
  readonly total: number | undefined
  readonly isNarrow: boolean
  readonly isPending: boolean
}

/** Where one is, and how it is shown: path, select all, filter, order, view. */
export function Toolbar(props: ToolbarProps): ReactNode {
  const text = useText()
  const { view, isNarrow } = props
  return (
    <div className="tools" data-pending={props.isPending || undefined}>
      <FolderPath path={props.path} title={props.title} />
      <div className="tool-row">
        <SelectAll label={text('selection.all')} selection={props.selection} total={props.total} />
        <Filter />
        {view === 'list' && !isNarrow ? null : <SortTool isNarrow={isNarrow} />}
        <Views view={view} />
      </div>
      {view === 'list' && !isNarrow ? <Heads /> : null}
    </div>
  )
}

/** The folders from the targets down to here, as links. */
function FolderPath({ path, title }: Pick<ToolbarProps, 'path' | 'title'>): ReactNode {
  const text = useText()
  const place = usePlace()
  if (place.folder === undefined) return null
  const steps = [...(path[0]?.name === title ? [] : [{ id: undefined, name: title || text('path.root') }]), ...path]
  if (steps.length < 2) return null
  return (
    <PathTrail
      label={text('path.label')}
      steps={steps.map(({ id, name }) => ({
        key: id ?? '',
        name,
        href: addressOfPlace({ ...place, folder: id, filter: '' }),
      }))}
      onFollow={({ key }) => goTo({ folder: key === '' ? undefined : key, filter: '' })}
    />
  )
}

function Filter(): ReactNode {
  const text = useText()
  const { filter, folder } = usePlace()
  return (
    <FilterField
      label={text('filter.label')}
      clearLabel={text('state.noMatch.clear')}
      filter={filter}
      list={folder}
      onFilter={(typed) => goTo({ filter: typed }, 'replace')}
    />
  )
}

const VIEWS = [
  { view: 'cards', Icon: ViewGrid },
  { view: 'list', Icon: ViewList },
] as const

/** Cards or rows; the browser remembers which. */
function Views({ view }: { view: View }): ReactNode {
  const text = useText()
  return (
    <ViewSwitch
      label={text('view.label')}
      views={VIEWS.map(({ view: offered, Icon }) => ({ view: offered, Icon, label: text(`view.${offered}`) }))}
      chosen={view}
      onChoose={(chosen) => {
        prefer({ view: chosen })
        goTo({ view: chosen }, 'replace')
      }}
    />
  )
}

function SortTool({ isNarrow }: { isNarrow: boolean }): ReactNode {
  const text = useText()
  const { sort } = usePlace()
  return (
    <SortTrigger
      label={text('sort.label')}
      buttonLabel={text('sort.button', { by: text(`sort.${sortKeyOf(sort)}`) })}
      keys={sortKeys.map((key) => ({ key, label: text(`sort.${key}`) }))}
      directions={{ ascending: text('sort.ascending'), descending: text('sort.descending') }}
      sort={sort}
      isNarrow={isNarrow}
      part={SortMenu}
      onSort={(chosen) => goTo({ sort: chosen }, 'replace')}
    />
  )
}

/** The heads of the list's columns: pressing one orders by it. */
function Heads(): ReactNode {
  const text = useText()
  const { sort } = usePlace()
  return (
    <ColumnHeads
      label={text('sort.label')}
      columns={COLUMNS.map((key) => ({ key, label: text(`sort.${key}`) }))}
      sort={sort}
      stateOf={(by, direction) => text('sort.state', { by, direction })}
      onSort={(chosen) => goTo({ sort: chosen }, 'replace')}
    />
  )
}

/** As they stand from left to right. */
const COLUMNS = ['name', 'type', 'size', 'modified'] as const
