import { useSyncExternalStore } from 'react'
import { ROOT_ID } from '@vitrine/domain'
import { onForget } from '../../api/queries.ts'

const KEY = 'vitrine.expanded-folders'
/** So many are remembered, the newest. */
const MOST = 300

let expanded: ReadonlySet<string> = new Set([ROOT_ID, ...readKept()])
const listeners = new Set<() => void>()
onForget(() => change(new Set([ROOT_ID])))

/** Folders whose children the tree shows; kept in this tab, also when the page is loaded anew. */
export function useExpandedFolders(): ReadonlySet<string> {
  return useSyncExternalStore(listen, () => expanded)
}

/** Shows the children of folders in the tree. */
export function expand(ids: Iterable<string>): void {
  const added = [...ids].filter((id) => !expanded.has(id))
  if (added.length > 0) change(new Set([...expanded, ...added].slice(-MOST)))
}

/** Hides the children of a folder. */
export function collapse(id: string): void {
  if (expanded.has(id)) change(new Set([...expanded].filter((one) => one !== id)))
}

function change(next: ReadonlySet<string>): void {
  expanded = next
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...expanded]))
  } catch {
    // Forbidden or full: it is kept until the page is left.
  }
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function readKept(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(-MOST) : []
  } catch {
    return []
  }
}
