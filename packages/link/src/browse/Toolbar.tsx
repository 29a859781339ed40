import { Suspense, useEffect, useState } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { PathTrail } from '@vitrine/ui/PathTrail.tsx'
import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import Search from '@react-spectrum/s2/icons/Search'
import Sort from '@react-spectrum/s2/icons/Sort'
import SortDown from '@react-spectrum/s2/icons/SortDown'
import SortUp from '@react-spectrum/s2/icons/SortUp'
import ViewGrid from '@react-spectrum/s2/icons/ViewGrid'
import ViewList from '@react-spectrum/s2/icons/ViewList'
import { useText } from '../language/text.tsx'
import { addressOfPlace, goTo, usePlace } from '../place/place.ts'
import type { View } from '@vitrine/ui/preferences.ts'
import { prefer } from '@vitrine/ui/preferences.ts'
import { useIdle } from '../place/use-idle.ts'
import { lazyPart } from '../place/lazy-part.ts'
import { directionOf, sortAfterPress, sortKeyOf } from './sort-order.ts'
import type { SortKey } from './sort-order.ts'
import type { ItemSelection } from './use-selection.ts'

const SortMenu = lazyPart(() => import('./SortMenu.tsx'), 'SortMenu')

/** Pause in typing after which the filter is applied, in milliseconds. */
const TYPING = 250

/** What the tools work on. */
export interface ToolbarProps {
  readonly view: View
  readonly path: readonly { readonly id: string; readonly name: string }[]
  readonly title: string
  readonly selection: ItemSelection
  readonly total: number | undefined
  readonly isNarrow: boolean
  readonly isPending: boolean
}

/** Where one is, and how it is shown: path, select all, filter, order, view. */
export function Toolbar(props: ToolbarProps): ReactNode {
  const { view, isNarrow } = props
  return (
    <div className="tools" data-pending={props.isPending || undefined}>
      <FolderPath path={props.path} title={props.title} />
      <div className="tool-row">
        <SelectAll selection={props.selection} total={props.total} />
        <FilterField />
        {view === 'list' && !isNarrow ? null : <SortTool isNarrow={isNarrow} />}
        <ViewSwitch view={view} />
      </div>
      {view === 'list' && !isNarrow ? <ColumnHeads /> : null}
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

function SelectAll({ selection, total }: Pick<ToolbarProps, 'selection' | 'total'>): ReactNode {
  const text = useText()
  if (total === undefined || total === 0) return <span className="select-all" />
  return (
    <label className="select-all">
      <span className="select-box">
        <input
          type="checkbox"
          checked={selection.isAll}
          ref={(box) => {
            if (box !== null) box.indeterminate = selection.count > 0 && !selection.isAll
          }}
          onChange={() => (selection.isAll ? selection.clear() : selection.selectAll())}
        />
      </span>
      <span className="select-all-text">{text('selection.all')}</span>
    </label>
  )
}

/** Narrows the list while one types; the address follows after a pause. */
function FilterField(): ReactNode {
  const text = useText()
  const { filter, folder } = usePlace()
  const [typed, setTyped] = useState({ value: filter, for: filter, folder })
  // The address changed by itself: Back, or another folder.
  if (typed.for !== filter || typed.folder !== folder) setTyped({ value: filter, for: filter, folder })
  const type = (value: string) => setTyped((before) => ({ ...before, value }))
  useEffect(() => {
    if (typed.value.trim() === typed.for) return undefined
    const timer = setTimeout(() => {
      const value = typed.value.trim()
      setTyped((before) => ({ ...before, for: value }))
      goTo({ filter: value }, 'replace')
    }, TYPING)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <div className="filter">
      <Search />
      <input
        type="search"
        aria-label={text('filter.label')}
        placeholder={text('filter.label')}
        autoComplete="off"
        spellCheck={false}
        value={typed.value}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed.value !== '') type('')
        }}
      />
      {typed.value === '' ? null : (
        <button type="button" aria-label={text('state.noMatch.clear')} onClick={() => type('')}>
          <Close />
        </button>
      )}
    </div>
  )
}

const VIEWS = [
  { view: 'cards', Icon: ViewGrid },
  { view: 'list', Icon: ViewList },
] as const

/** Cards or rows; the browser remembers which. */
function ViewSwitch({ view }: { view: View }): ReactNode {
  const text = useText()
  return (
    <div className="switch" role="group" aria-label={text('view.label')}>
      {VIEWS.map(({ view: offered, Icon }) => (
        <button
          key={offered}
          type="button"
          aria-pressed={view === offered}
          aria-label={text(`view.${offered}`)}
          title={text(`view.${offered}`)}
          onClick={() => {
            prefer({ view: offered })
            goTo({ view: offered }, 'replace')
          }}
        >
          <Icon />
        </button>
      ))}
    </div>
  )
}

function SortTool({ isNarrow }: { isNarrow: boolean }): ReactNode {
  const text = useText()
  const isIdle = useIdle()
  const [isWanted, setWanted] = useState(false)
  const { sort } = usePlace()
  const by = text(`sort.${sortKeyOf(sort)}`)
  const button = (
    <Button variant="quiet" aria-label={text('sort.button', { by })} onClick={() => setWanted(true)}>
      <Sort />
      {isNarrow ? null : <span>{by}</span>}
    </Button>
  )
  if (!isIdle && !isWanted) return button
  return (
    <Suspense fallback={button}>
      <SortMenu defaultOpen={isWanted} isNarrow={isNarrow} />
    </Suspense>
  )
}

const COLUMNS: readonly { readonly key: SortKey; readonly column: string }[] = [
  { key: 'name', column: 'name' },
  { key: 'type', column: 'type' },
  { key: 'size', column: 'size' },
  { key: 'modified', column: 'modified' },
]

/** The heads of the list's columns: pressing one orders by it. */
function ColumnHeads(): ReactNode {
  const text = useText()
  const { sort } = usePlace()
  return (
    <div className="column-heads" role="group" aria-label={text('sort.label')}>
      {COLUMNS.map(({ key, column }) => {
        const direction = sortKeyOf(sort) === key ? directionOf(sort) : undefined
        return (
          <button
            key={key}
            type="button"
            className={`column-head list-${column}`}
            data-active={direction !== undefined || undefined}
            aria-label={text('sort.state', { by: text(`sort.${key}`), direction: direction ?? 'none' })}
            onClick={() => goTo({ sort: sortAfterPress(sort, key) }, 'replace')}
          >
            {text(`sort.${key}`)}
            {direction === undefined ? null : direction === 'ascending' ? <SortUp /> : <SortDown />}
          </button>
        )
      })}
    </div>
  )
}
