import { useEffect, useEffectEvent, useRef } from 'react'
import type { DragEvent } from 'react'
import type { Chosen } from '../chosen.ts'
import { placeUnder } from './drag-targets.ts'
import type { DropTarget } from './drag-targets.ts'

/** Marks what is dragged as nodes of this application: files from outside are none of this. */
const TYPE = 'application/x-vitrine-nodes'

interface Dragging {
  readonly chosen: Chosen
  over: HTMLElement | undefined
}

/**
 * Lets what was chosen be dragged onto any folder that is drawn: in the grid, in the path, in the tree. The browser
 * gives it up by itself at Escape.
 *
 * @param chosenAt what is dragged at an index of the grid; undefined: nothing
 * @param onDrop what was dropped where, and whether it is to be copied (Ctrl, or Alt on a Mac)
 * @returns what begins to drag, for what is around the grid
 */
export function useDragToFolders(
  chosenAt: (index: number) => Chosen | undefined,
  onDrop: (chosen: Chosen, target: DropTarget, how: 'move' | 'copy') => void,
): (event: DragEvent) => void {
  const dragging = useRef<Dragging>(undefined)
  const onDragEvent = useEffectEvent((event: globalThis.DragEvent) => {
    const now = dragging.current
    if (now === undefined) return
    const how = event.ctrlKey || event.altKey ? 'copy' : 'move'
    const place = event.type === 'dragend' ? undefined : placeUnder(event.target, now.chosen, how)
    mark(now, place?.element)
    if (place !== undefined && event.dataTransfer !== null) {
      event.preventDefault()
      event.dataTransfer.dropEffect = how
      if (event.type === 'drop') onDrop(now.chosen, place, how)
    }
    if (event.type === 'drop' || event.type === 'dragend') {
      mark(now, undefined)
      dragging.current = undefined
    }
  })
  useEffect(() => {
    const listen = (event: globalThis.DragEvent) => onDragEvent(event)
    const types = ['dragover', 'drop', 'dragend'] as const
    for (const type of types) document.addEventListener(type, listen)
    return () => types.forEach((type) => document.removeEventListener(type, listen))
  }, [])
  return (event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')
    const chosen = row === null ? undefined : chosenAt(Number(row.dataset['index']))
    if (chosen === undefined) return event.preventDefault()
    dragging.current = { chosen, over: undefined }
    event.dataTransfer.setData(TYPE, '')
    event.dataTransfer.effectAllowed = 'copyMove'
  }
}

function mark(dragging: Dragging, element: HTMLElement | undefined): void {
  if (dragging.over === element) return
  delete dragging.over?.dataset['drop']
  if (element !== undefined) element.dataset['drop'] = ''
  dragging.over = element
}
