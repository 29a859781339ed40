import type { Chosen } from '../chosen.ts'
import { parentOf } from '../tree/tree-keys.ts'
import { reasonAgainst } from './picker-reasons.ts'

/** A folder on which something is dropped. */
export interface DropTarget {
  readonly id: string
  readonly name: string
}

/** The folder under the pointer, if what is dragged can go there. */
export function placeUnder(
  target: EventTarget | null,
  chosen: Chosen,
  how: 'move' | 'copy',
): (DropTarget & { readonly element: HTMLElement }) | undefined {
  if (!(target instanceof Element)) return undefined
  const found = inGrid(target, chosen) ?? inTree(target) ?? inPath(target)
  if (found === undefined || reasonAgainst(how, chosen, { ...found, may: found.may }) !== undefined) return undefined
  return found
}

interface FoundFolder extends DropTarget {
  readonly element: HTMLElement
  readonly path: readonly string[]
  readonly may: readonly string[] | undefined
}

function inGrid(target: Element, chosen: Chosen): FoundFolder | undefined {
  const element = target.closest<HTMLElement>('.vg-row')?.querySelector<HTMLElement>('[data-drop-folder]')
  if (!element) return undefined
  const { dropFolder: id = '', name = '', may = '' } = element.dataset
  return { element, id, name, path: [chosen.folder], may: may.split(' ') }
}

function inTree(target: Element): FoundFolder | undefined {
  const element = target.closest<HTMLElement>('.tree-row')
  if (!element) return undefined
  const path: string[] = []
  for (let above = parentOf(element); above !== null; above = parentOf(above)) {
    path.unshift(above.dataset['folderId'] ?? '')
  }
  return { element, id: element.dataset['folderId'] ?? '', name: element.textContent, path, may: undefined }
}

function inPath(target: Element): FoundFolder | undefined {
  const element = target.closest<HTMLElement>('.path a[data-step]')
  if (!element) return undefined
  return { element, id: element.dataset['step'] ?? '', name: element.textContent, path: [], may: undefined }
}
