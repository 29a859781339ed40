import { isSelected } from '@vitrine/ui/selection.ts'
import type { Selection } from '@vitrine/ui/selection.ts'
import type { Privilege } from '@vitrine/domain'
import type { NodeSelection } from '../operations/operations.ts'
import type { FolderListing, ListedNode } from './folder-listing.ts'

/** What was chosen in a folder, to do something with it. */
export interface Chosen {
  /** As the server takes it: nothing need be loaded for it. */
  readonly selection: NodeSelection
  readonly count: number
  /** Where it is one thing that is loaded. */
  readonly only: ListedNode | undefined
  /** The folder in which it lies. */
  readonly folder: string
  /** Whether a child of that folder is among it. */
  readonly has: (id: string) => boolean
}

/** What is selected in a listing. "All but some" is named by the folder, the filter and the exceptions. */
export function chosenOf(selection: Selection, { query, pages }: FolderListing): Chosen {
  const { folder, filter } = query
  const ids = [...selection.ids]
  const has = (id: string) => isSelected(selection, id)
  if (selection.mode === 'some') {
    return { selection: { nodes: ids }, count: ids.length, only: onlyOf(selection, pages), folder, has }
  }
  return {
    selection: {
      folder,
      ...(filter === '' ? {} : { filter }),
      ...(ids.length === 0 ? {} : { except: ids }),
    },
    count: Math.max(0, (pages.total ?? 0) - ids.length),
    only: undefined,
    folder,
    has,
  }
}

/** One child of a folder. */
export function chosenNode(node: ListedNode, folder: string): Chosen {
  return { selection: { nodes: [node.id] }, count: 1, only: node, folder, has: (id) => id === node.id }
}

function onlyOf({ ids }: Selection, pages: FolderListing['pages']): ListedNode | undefined {
  if (ids.size !== 1) return undefined
  for (const { item } of pages.loaded()) if (ids.has(item.id)) return item
  return undefined
}

/** Whether all that is loaded of what was chosen may be treated so. The rest the server decides when its turn comes. */
export function mayAll({ has }: Pick<Chosen, 'has'>, pages: FolderListing['pages'], privilege: Privilege): boolean {
  for (const { item } of pages.loaded()) if (has(item.id) && !item.may.includes(privilege)) return false
  return true
}
