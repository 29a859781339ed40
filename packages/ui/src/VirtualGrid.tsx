import { memo, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react'
import { defaultRangeExtractor, useVirtualizer, useWindowVirtualizer } from '@tanstack/react-virtual'
import { columnsFor, destinationOf } from './grid-navigation.ts'
import type { ListSelection } from './listing/use-selection.ts'
import { useCurrent, useWantedFocus } from './use-grid-focus.ts'
import './VirtualGrid.css'

/** What a cell is drawn from, besides its member. */
export interface CellState {
  readonly index: number
  readonly selected: boolean
  /** It is the grid's one tab stop: controls in it may be reached by Tab. */
  readonly current: boolean
}

/** Cards side by side, or rows below each other. */
export type GridLayout =
  | {
      readonly kind: 'cards'
      readonly minWidth: number
      readonly gap: number
      readonly leastColumns: number
      /** Height of a card of this width, in pixels. */
      readonly heightOf: (width: number) => number
    }
  | {
      readonly kind: 'rows'
      readonly height: number
      /** It scrolls within itself, beside others: the left and right arrows lead out of it, and are told as keys. */
      readonly isColumn?: boolean
    }

/** What the grid needs of a selection. */
export type GridSelection = Pick<ListSelection, 'has' | 'toggleAt' | 'extend' | 'selectAll' | 'clear'>

/** A grid over a count and random access: nothing in it grows with the length of the list. */
export interface VirtualGridProps<T> {
  readonly label: string
  readonly count: number
  readonly layout: GridLayout
  /** Height of what sticks to the top and the bottom of the window above the grid, in pixels. */
  readonly insets: { readonly top: number; readonly bottom: number }
  /** Says what a member that is not loaded is. */
  readonly loadingText: string
  /** The cell that has the focus at first. */
  readonly initialIndex?: number
  /** Another object moves the focus to this cell, once, and scrolls to it. */
  readonly focus?: { readonly index: number } | undefined
  readonly at: (index: number) => T | undefined
  readonly idOf: (member: T) => string
  readonly textOf: (member: T) => string
  /** What is selected, and how that changes. Absent: nothing can be selected, and the keys for it are not used. */
  readonly selection?: GridSelection
  /** Members that are drawn as selected where nothing can be: the way to a folder. */
  readonly isMarked?: (id: string) => boolean
  /** Enter, a click without modifiers, or a double click (after its first click). */
  readonly onActivate: (index: number, by: 'key' | 'click' | 'double-click') => void
  /** Cells [start, end) are in view. */
  readonly onVisible: (start: number, end: number) => void
  /** A key that the grid does not use itself, as long as no control of a cell has it. @returns whether it was used */
  readonly onKey?: (event: KeyboardEvent, index: number) => boolean
  readonly renderCell: (member: T | undefined, state: CellState) => ReactNode
}

/** Where the grid begins in the page, and how wide it is, in pixels. */
interface Place {
  readonly width: number
  readonly top: number
}

/**
 * An ARIA grid of any length that scrolls with the window.
 *
 * One row per member, as React Aria's GridList has it, also where cards lie side by side. One tab
 * stop; the arrow keys move in two dimensions. The current cell stays rendered when it is scrolled
 * away, so that the focus is never lost.
 */
export function VirtualGrid<T>(props: VirtualGridProps<T>): ReactNode {
  'use no memo'
  const root = useRef<HTMLDivElement>(null)
  const place = usePlace(root)
  const geometry = geometryOf(props.layout, place.width)
  const [current, moveCurrent] = useCurrent(root, props.count, props.initialIndex ?? 0)
  const currentRow = Math.floor(current / geometry.columns)
  const rows = place.width === 0 ? 0 : Math.ceil(props.count / geometry.columns)

  const isColumn = props.layout.kind === 'rows' && props.layout.isColumn === true
  const top = isColumn ? 0 : place.top
  const virtualizer = useRows(root, isColumn, {
    count: rows,
    estimateSize: () => geometry.rowHeight + geometry.gap,
    overscan: 3,
    scrollMargin: top,
    paddingEnd: props.insets.bottom,
    scrollPaddingStart: props.insets.top + geometry.gap,
    scrollPaddingEnd: props.insets.bottom + geometry.gap,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      return currentRow >= rows || shown.includes(currentRow) ? shown : [...shown, currentRow].sort((a, b) => a - b)
    },
  })
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- rows of another size, or as many side by side, lie elsewhere
  useEffect(() => virtualizer.measure(), [virtualizer, geometry.rowHeight, geometry.gap, geometry.columns])
  useTellVisible(props, virtualizer.range, geometry.columns)

  const goTo = (to: number) => {
    moveCurrent(to)
    virtualizer.scrollToIndex(Math.floor(to / geometry.columns))
  }
  useWantedFocus(props.focus, rows > 0, goTo)
  const keys = useKeys(props, current, goTo, moveCurrent)
  return (
    <div
      ref={root}
      className={isColumn ? 'vg vg-column' : 'vg'}
      role="grid"
      aria-label={props.label}
      aria-multiselectable={props.selection === undefined ? undefined : true}
      aria-rowcount={props.count}
      aria-colcount={1}
      tabIndex={-1}
      onKeyDown={(event) => keys.onKeyDown(event, geometry)}
    >
      <div role="presentation" className="vg-sizer" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer
          .getVirtualItems()
          .flatMap((row) =>
            cellsOfRow(row.index, geometry.columns, props.count).map((index) => (
              <GridRow
                key={index}
                props={props}
                index={index}
                current={index === current}
                style={styleOf(geometry, index % geometry.columns, row.start - top)}
                onFocus={keys.onFocus}
                onClick={keys.onClick}
              />
            )),
          )}
      </div>
    </div>
  )
}

/** Which rows are drawn: of a grid that scrolls with the window, or of one that scrolls within itself. */
function useRows(
  root: RefObject<HTMLElement | null>,
  isColumn: boolean,
  options: Pick<
    Parameters<typeof useWindowVirtualizer>[0],
    'count' | 'estimateSize' | 'overscan' | 'scrollMargin' | 'rangeExtractor'
  > & { paddingEnd: number; scrollPaddingStart: number; scrollPaddingEnd: number },
) {
  'use no memo'
  // oxlint-disable-next-line react/incompatible-library -- 'use no memo' above
  const inWindow = useWindowVirtualizer({ ...options, enabled: !isColumn })
  const within = useVirtualizer<HTMLElement, HTMLElement>({
    ...options,
    enabled: isColumn,
    getScrollElement: () => root.current,
  })
  return isColumn ? within : inWindow
}

interface GridRowProps<T> {
  readonly props: VirtualGridProps<T>
  readonly index: number
  readonly current: boolean
  readonly style: CSSProperties
  readonly onFocus: (index: number) => void
  readonly onClick: (event: MouseEvent, index: number) => void
}

function GridRow<T>({ props, index, current, style, onFocus, onClick }: GridRowProps<T>): ReactNode {
  const member = props.at(index)
  const has = props.selection?.has ?? props.isMarked
  const selected = member !== undefined && has?.(props.idOf(member)) === true
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid around it has the keys
    <div
      role="row"
      className="vg-row"
      data-index={index}
      aria-rowindex={index + 1}
      aria-selected={has === undefined ? undefined : selected}
      aria-label={member === undefined ? props.loadingText : props.textOf(member)}
      aria-busy={member === undefined || undefined}
      tabIndex={current ? 0 : -1}
      style={style}
      onFocus={(event) => event.target === event.currentTarget && onFocus(index)}
      onClick={(event) => onClick(event, index)}
      onDoubleClick={(event) => isInControl(event) || props.onActivate(index, 'double-click')}
    >
      <Cell
        member={member}
        index={index}
        selected={selected}
        current={current}
        render={props.renderCell as (member: unknown, state: CellState) => ReactNode}
      />
    </div>
  )
}

interface CellProps extends CellState {
  readonly member: unknown
  readonly render: (member: unknown, state: CellState) => ReactNode
}

const Cell = memo(function Cell({ member, index, selected, current, render }: CellProps): ReactNode {
  return (
    <div role="gridcell" aria-colindex={1} className="vg-cell">
      {render(member, { index, selected, current })}
    </div>
  )
})

interface Geometry {
  readonly columns: number
  readonly cellWidth: number
  readonly rowHeight: number
  readonly gap: number
}

function geometryOf(layout: GridLayout, width: number): Geometry {
  if (layout.kind === 'rows') return { columns: 1, cellWidth: width, rowHeight: layout.height, gap: 0 }
  const { columns, cellWidth } = columnsFor(width, layout.minWidth, layout.gap, layout.leastColumns)
  return { columns, cellWidth, rowHeight: Math.round(layout.heightOf(cellWidth)), gap: layout.gap }
}

function styleOf(geometry: Geometry, column: number, top: number): CSSProperties {
  return {
    width: geometry.cellWidth,
    height: geometry.rowHeight,
    insetInlineStart: column * (geometry.cellWidth + geometry.gap),
    transform: `translateY(${top}px)`,
  }
}

function cellsOfRow(row: number, columns: number, count: number): number[] {
  const first = row * columns
  return Array.from({ length: Math.max(0, Math.min(columns, count - first)) }, (_, column) => first + column)
}

/** Follows the width of the grid and its distance from the top of the page. */
function usePlace(root: RefObject<HTMLDivElement | null>): Place {
  const [place, setPlace] = useState<Place>({ width: 0, top: 0 })
  const measure = useEffectEvent(() => {
    const now = placeOf(root.current)
    if (now.top !== place.top || now.width !== place.width) setPlace(now)
  })
  // Without dependencies: what stands above the grid may grow without any size changing that is observed.
  // oxlint-disable-next-line react/set-state-in-effect -- only what is drawn has a place
  useLayoutEffect(() => measure())
  useEffect(() => {
    const observer = new ResizeObserver(() => measure())
    if (root.current !== null) observer.observe(root.current)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [root])
  return place
}

function placeOf(element: HTMLElement | null): Place {
  if (element === null) return { width: 0, top: 0 }
  return { width: element.clientWidth, top: Math.round(element.getBoundingClientRect().top + window.scrollY) }
}

function useTellVisible<T>(
  props: VirtualGridProps<T>,
  range: { startIndex: number; endIndex: number } | null,
  columns: number,
) {
  const first = (range?.startIndex ?? 0) * columns
  const end = Math.min(props.count, ((range?.endIndex ?? 0) + 1) * columns)
  const { onVisible } = props
  useEffect(() => {
    if (end > first) onVisible(first, end)
  }, [onVisible, first, end])
}

/**
 * The keyboard and pointer model: the anchor of a range is where the last move without Shift ended.
 *
 * @param goTo moves the focus, and scrolls to it
 * @param moveTo moves the focus where it is in view: scrolling under a pressed pointer would make the click miss
 */
function useKeys<T>(
  props: VirtualGridProps<T>,
  current: number,
  goTo: (index: number) => void,
  moveTo: (index: number) => void,
) {
  const anchor = useRef(current)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, { columns, rowHeight, gap }: Geometry) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')
    if (row !== null && event.target !== row) return leaveControl(event, row)
    const pageRows = Math.max(
      1,
      Math.floor((heightOf(event.currentTarget) - props.insets.top - props.insets.bottom) / (rowHeight + gap)),
    )
    const rightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const isColumn = props.layout.kind === 'rows' && props.layout.isColumn === true
    const leadsOut = isColumn && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
    const to = leadsOut
      ? undefined
      : destinationOf(event.key, current, { count: props.count, columns, pageRows, rightToLeft })
    if (to === undefined) {
      if (applyKey(props, event, current)) event.preventDefault()
      return
    }
    event.preventDefault()
    goTo(to)
    if (event.shiftKey) props.selection?.extend(anchor.current, to)
    else anchor.current = to
  }

  const onClick = (event: MouseEvent, index: number) => {
    if (isInControl(event)) return onClickInControl(event, index)
    moveTo(index)
    const { selection } = props
    if (event.shiftKey && selection !== undefined) return selection.extend(anchor.current, index)
    anchor.current = index
    if ((event.ctrlKey || event.metaKey) && selection !== undefined) return selection.toggleAt(index)
    // The second click of a double click may already lie on something else.
    if (event.detail < 2) props.onActivate(index, 'click')
  }

  const onClickInControl = (event: MouseEvent, index: number) => {
    if ((event.target as HTMLElement).closest('[data-select-box]') === null) return
    if (event.shiftKey) {
      event.preventDefault()
      props.selection?.extend(anchor.current, index)
    } else anchor.current = index
  }

  return { onKeyDown, onClick, onFocus: moveTo }
}

/** Height of what a grid is looked at through: itself, where it scrolls within itself. */
function heightOf(grid: HTMLElement): number {
  return grid.classList.contains('vg-column') ? grid.clientHeight : window.innerHeight
}

function applyKey<T>(props: VirtualGridProps<T>, event: KeyboardEvent, index: number): boolean {
  const isWithModifier = event.ctrlKey || event.metaKey
  if (event.key === 'Enter' && !isWithModifier) props.onActivate(index, 'key')
  else if (!applySelectionKey(props.selection, event, index)) return props.onKey?.(event, index) ?? false
  return true
}

function applySelectionKey(selection: GridSelection | undefined, event: KeyboardEvent, index: number): boolean {
  if (selection === undefined) return false
  const isWithModifier = event.ctrlKey || event.metaKey
  if (isWithModifier && event.key === 'a') selection.selectAll()
  else if (isWithModifier) return false
  else if (event.key === ' ') selection.toggleAt(index)
  else if (event.key === 'Escape') selection.clear()
  else return false
  return true
}

/** In a control of a cell the keys are the control's; Escape leads back to the cell. */
function leaveControl(event: KeyboardEvent, row: HTMLElement): void {
  if (event.key !== 'Escape') return
  event.stopPropagation()
  row.focus()
}

function isInControl(event: MouseEvent): boolean {
  return (event.target as HTMLElement).closest('button,input,label,a') !== null
}
