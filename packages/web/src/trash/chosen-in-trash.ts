import { everything, isSelected } from '@vitrine/ui/selection.ts'
import type { Selection } from '@vitrine/ui/selection.ts'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import type { NodeSelection } from '../operations/operations.ts'
import type { TrashedNode } from './trash-listing.ts'

/** What was chosen in the trash. */
export interface ChosenInTrash {
  /** As the server takes it: nothing need be loaded for it. */
  readonly selection: NodeSelection
  readonly count: number
  /** Of what is loaded. */
  readonly names: readonly string[]
  /** Where it is one thing that is loaded. */
  readonly name: string | undefined
}

/** What is selected in the trash, or all of it. */
export function chosenInTrash(selection: Selection | 'all', pages: SparsePages<TrashedNode>): ChosenInTrash {
  const { mode, ids } = selection === 'all' ? everything : selection
  const names: string[] = []
  for (const { item } of pages.loaded()) if (isSelected({ mode, ids }, item.id)) names.push(item.name)
  const listed = [...ids]
  const count = mode === 'some' ? listed.length : Math.max(0, (pages.total ?? 0) - listed.length)
  return {
    selection:
      mode === 'some' ? { nodes: listed } : { trash: 'all', ...(listed.length === 0 ? {} : { except: listed }) },
    count,
    names,
    name: count === 1 ? names[0] : undefined,
  }
}
