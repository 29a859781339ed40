/**
 * Which members of a long list are selected, without naming all of them.
 *
 * `some`: those in `ids`. `all`: every member except those in `ids`, also the ones that are not loaded.
 */
export interface Selection {
  readonly mode: 'some' | 'all'
  readonly ids: ReadonlySet<string>
}

/** Nothing is selected. */
export const nothing: Selection = { mode: 'some', ids: new Set() }

/** Everything is selected, whatever the list holds. */
export const everything: Selection = { mode: 'all', ids: new Set() }

/** Whether the member is selected. */
export function isSelected(selection: Selection, id: string): boolean {
  return selection.ids.has(id) === (selection.mode === 'some')
}

/** The selection with this one member turned round. */
export function toggle(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { mode: selection.mode, ids }
}

/** The selection with these members in it, too. */
export function select(selection: Selection, added: Iterable<string>): Selection {
  const ids = new Set(selection.ids)
  for (const id of added) {
    if (selection.mode === 'some') ids.add(id)
    else ids.delete(id)
  }
  return { mode: selection.mode, ids }
}

/** The selection without these members. */
export function deselect(selection: Selection, removed: Iterable<string>): Selection {
  const ids = new Set(selection.ids)
  for (const id of removed) {
    if (selection.mode === 'some') ids.delete(id)
    else ids.add(id)
  }
  return { mode: selection.mode, ids }
}

/** How many are selected. @param total the number of members of the list */
export function countSelected(selection: Selection, total: number): number {
  return selection.mode === 'some' ? selection.ids.size : Math.max(0, total - selection.ids.size)
}
