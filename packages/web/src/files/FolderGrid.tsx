import { useCallback, useMemo, useRef } from 'react'
import type { ComponentType, DragEvent, KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { layoutOf } from '@vitrine/ui/listing/list-layout.ts'
import { useSelectAllKey } from '@vitrine/ui/listing/use-select-all-key.ts'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import type { CellState, GridLayout } from '@vitrine/ui/VirtualGrid.tsx'
import { useText } from '../language/text.ts'
import { putAside } from './actions/clipboard.ts'
import { useLongTouch } from './actions/use-long-touch.ts'
import { actionOfKey } from './actions/use-folder-actions.ts'
import type { useFolderActions } from './actions/use-folder-actions.ts'
import { FileCard, FileRow } from './FileCell.tsx'
import type { FileCellProps } from './FileCell.tsx'
import type { ListedNode } from './folder-listing.ts'
import { labelOf } from './node-words.ts'

/** What the grid shows, and what it tells. */
export interface FolderGridProps {
  readonly label: string
  readonly pages: SparsePages<ListedNode>
  readonly view: 'card' | 'list' | 'column'
  readonly selection: ListSelection
  readonly actions: ReturnType<typeof useFolderActions>
  /** Height of what sticks to the top of the window above the grid, in pixels. */
  readonly top: number
  /** Another value moves the focus. */
  readonly focus: { readonly index: number } | undefined
  readonly onDragStart: (event: DragEvent) => void
  readonly onVisible: (start: number, end: number) => void
  readonly onOpen: (node: ListedNode, index: number) => void
  /** A name was given, or the field for it left, and the focus is where that was. */
  readonly onRenamed: (id: string) => void
  /** Where it is one of several columns: how it is drawn, and what the arrow does that leads back. */
  readonly column?: {
    readonly layout: GridLayout
    readonly Cell: ComponentType<FileCellProps>
    readonly onLeave: () => void
  }
}

/** The children of a folder as cards or as rows. */
export function FolderGrid(props: FolderGridProps): ReactNode {
  const { pages, view, selection, actions, onOpen, column } = props
  const text = useText()
  const isNarrow = useNarrow()
  const usual = useMemo(() => layoutOf(view === 'card' ? 'cards' : 'list', isNarrow), [view, isNarrow])
  const layout = column?.layout ?? usual
  const renderCell = useCells(props)
  useSelectAllKey(selection)
  const isTouch = useRef(false)

  const activate = (index: number, by: 'key' | 'click' | 'double-click') => {
    const node = pages.at(index)
    if (node === undefined) return
    if (by !== 'click') onOpen(node, index)
    // In a column a folder opens beside it.
    else if (column !== undefined && node.kind === 'folder') onOpen(node, index)
    else if (!isTouch.current) selection.only(index)
    // A finger has no second button and no keys to hold: it opens, and goes on selecting once it has begun.
    else if (selection.count > 0) selection.toggleAt(index)
    else onOpen(node, index)
  }
  const onKey = (event: KeyboardEvent, index: number) => {
    if (column !== undefined && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const node = pages.at(index)
      if (event.key === 'ArrowLeft') column.onLeave()
      else if (node?.kind === 'folder') onOpen(node, index)
      else selection.only(index)
      return true
    }
    const action = actionOfKey(event)
    const chosen = action === undefined ? undefined : actions.chosenAt(index)
    if (action === undefined || chosen === undefined) return false
    actions.act(action, chosen)
    return true
  }
  const openMenu = (row: Element, x: number, y: number) => {
    const chosen = actions.chosenAt(indexOf(row))
    if (chosen !== undefined) actions.setMenu({ at: { x, y }, chosen })
  }
  const onContextMenu = (event: MouseEvent) => {
    const row = rowOf(event.target)
    if (row === null || (event.target as Element).closest('input:not([type=checkbox])') !== null) return
    event.preventDefault()
    openMenu(row, event.clientX, event.clientY)
  }
  const longTouch = useLongTouch((target, x, y) => {
    const row = rowOf(target)
    if (row !== null) openMenu(row, x, y)
  })
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what is heard here comes from the grid in it
    <div
      className={`grid-${view}${selection.count > 0 ? ' selecting' : ''}`}
      onPointerDownCapture={(event) => (isTouch.current = event.pointerType === 'touch')}
      onContextMenu={onContextMenu}
      onDragStart={props.onDragStart}
      {...longTouch}
    >
      <VirtualGrid<ListedNode>
        label={props.label}
        loadingText={text('app.loading')}
        count={pages.total ?? 0}
        layout={layout}
        insets={column === undefined ? { top: props.top, bottom: isNarrow ? 64 : 0 } : NO_INSETS}
        focus={props.focus}
        at={(index) => pages.at(index)}
        idOf={({ id }) => id}
        textOf={(node) => labelOf(node, text)}
        selection={clearing(selection)}
        onActivate={activate}
        onVisible={props.onVisible}
        onKey={onKey}
        renderCell={renderCell}
      />
    </div>
  )
}

/** Who gives up a selection gives up what was cut from it, too. */
function clearing(selection: ListSelection): ListSelection {
  const clear = () => {
    selection.clear()
    putAside(undefined)
  }
  return { ...selection, clear }
}

const NO_INSETS = { top: 0, bottom: 0 }

/** Draws a cell; another function only when something changes that any of them shows. */
function useCells({ view, column, pages, selection, actions, onRenamed }: FolderGridProps) {
  const Cell = column?.Cell ?? (view === 'card' ? FileCard : FileRow)
  const { toggleAt } = selection
  const { renaming, clipboard, chosenAt, setMenu, setRenaming } = actions
  const openMenu = useCallback(
    (index: number, button: HTMLElement) => {
      const chosen = chosenAt(index)
      const { left, bottom } = button.getBoundingClientRect()
      if (chosen !== undefined) setMenu({ at: { x: left, y: bottom }, chosen })
    },
    [chosenAt, setMenu],
  )
  const endRenaming = useCallback(
    (id: string) => {
      // Another name may be typed by now: an answer to an earlier one does not end that.
      setRenaming((now) => (now === id ? undefined : now))
      const row = rowOf(document.activeElement)
      if (row !== null && pages.at(indexOf(row))?.id === id) onRenamed(id)
    },
    [setRenaming, onRenamed, pages],
  )
  return useCallback(
    (node: ListedNode | undefined, state: CellState) => {
      return (
        <Cell
          node={node}
          state={state}
          isRenaming={node !== undefined && node.id === renaming}
          isCut={node !== undefined && clipboard?.how === 'move' && isAside(clipboard.chosen, node)}
          onToggle={toggleAt}
          onMenu={openMenu}
          onRenamed={endRenaming}
        />
      )
    },
    [Cell, renaming, clipboard, toggleAt, openMenu, endRenaming],
  )
}

function isAside(chosen: NonNullable<FolderGridProps['actions']['clipboard']>['chosen'], node: ListedNode): boolean {
  return chosen.folder === node.parent && chosen.has(node.id)
}

function rowOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('[data-index]') : null
}

function indexOf(row: Element): number {
  return Number((row as HTMLElement).dataset['index'])
}
