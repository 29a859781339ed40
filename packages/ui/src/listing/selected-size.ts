import { isSelected } from '../selection.ts'
import type { Selection } from '../selection.ts'
import type { SparsePages } from '../sparse-pages.ts'

/** A member that may have a size. */
export interface Sized {
  readonly id: string
  readonly kind: 'asset' | 'folder'
  /** In bytes. */
  readonly size?: number | undefined
}

/** Size of what is selected, in bytes; undefined where a folder or something that is not loaded is in it. */
export function sizeOfSelection(selection: Selection, pages: SparsePages<Sized>): number | undefined {
  let size = 0
  let found = 0
  for (const { item } of pages.loaded()) {
    if (!isSelected(selection, item.id)) continue
    if (item.kind === 'folder') return undefined
    size += item.size ?? 0
    found++
  }
  const expected = selection.mode === 'some' ? selection.ids.size : (pages.total ?? Infinity) - selection.ids.size
  return found === expected ? size : undefined
}
