import type { MessageId } from '../../messages/en.ts'
import type { Chosen } from '../chosen.ts'
import type { TreeFolder } from '../tree/FolderBranch.tsx'

/** Why what was chosen cannot go into a folder, as the id of a sentence; undefined: it can, as far as is known here. */
export function reasonAgainst(
  how: 'move' | 'copy' | 'restore',
  chosen: Pick<Chosen, 'folder' | 'has'> | undefined,
  { id, may, path }: Pick<TreeFolder, 'id' | 'may' | 'path'>,
): MessageId | undefined {
  if (may !== undefined && !may.includes('create')) return 'picker.mayNot'
  if (chosen === undefined) return undefined
  if (how === 'move' && id === chosen.folder) return 'picker.here'
  return liesWithin(chosen, [...path, id]) ? 'picker.within' : undefined
}

/** Whether a way leads through something that was chosen. */
function liesWithin({ folder, has }: Pick<Chosen, 'folder' | 'has'>, way: readonly string[]): boolean {
  const child = way[way.indexOf(folder) + 1]
  return way.includes(folder) && child !== undefined && has(child)
}
