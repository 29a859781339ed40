import { useEffect, useState } from 'react'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import type { ListedNode } from './folder-listing.ts'
import type { NodeDetail } from './node-query.ts'

let former: NodeDetail | undefined

/**
 * Where the focus goes when somebody has come from another folder: to the child by which they left, or one below it;
 * else to the first. Undefined: nowhere, because something else has it, or because this is the first folder.
 */
export function useArrival(
  nodeId: string,
  node: NodeDetail | undefined,
  pages: SparsePages<ListedNode>,
): { readonly index: number } | undefined {
  // What was left, as it was when this folder came into view.
  const [left] = useState(former)
  const [focus, setFocus] = useState<{ readonly index: number }>()
  useEffect(() => {
    if (node !== undefined) former = node
  }, [node])
  const isLoaded = pages.total !== undefined && pages.total > 0
  useEffect(() => {
    if (!isLoaded || left === undefined || left.id === nodeId || !isFree()) return
    // oxlint-disable-next-line react/set-state-in-effect -- only what is drawn tells who has the focus
    setFocus((before) => before ?? { index: indexOf(pages, childOnTheWay(nodeId, left)) ?? 0 })
  }, [isLoaded, left, nodeId, pages])
  return focus
}

/** Nothing that somebody uses has the focus: what had it is gone. */
function isFree(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body || activeElement.id === 'main'
}

/** The child of a folder through which the way leads down to a node; undefined where none does. */
export function childOnTheWay(
  folder: string,
  { id, ancestors }: Pick<NodeDetail, 'id' | 'ancestors'>,
): string | undefined {
  const way = [...ancestors.map((one) => one.id), id]
  const at = way.indexOf(folder)
  return at === -1 ? undefined : way[at + 1]
}

function indexOf(pages: SparsePages<ListedNode>, id: string | undefined): number | undefined {
  if (id === undefined) return undefined
  for (const { index, item } of pages.loaded()) if (item.id === id) return index
  return undefined
}
