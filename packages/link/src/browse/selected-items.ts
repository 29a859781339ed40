import { isSelected } from '@vitrine/ui/selection.ts'
import type { Selection } from '@vitrine/ui/selection.ts'
import type { DownloadRequest } from '@vitrine/api/public'
import type { Listing } from './listing.ts'

/** Names of what is to be downloaded, as the server takes them. */
export type ChosenItems = Pick<DownloadRequest, 'items' | 'except'>

/**
 * Names what is selected.
 *
 * All of a folder is named by the folder; all that a filter leaves has to be named one by one, and
 * is loaded for that. Fails when it cannot be loaded.
 */
export async function itemsOfSelection(selection: Selection, { query, pages }: Listing): Promise<ChosenItems> {
  if (selection.mode === 'some') return { items: [...selection.ids] }
  if (query.filter !== '') {
    const matching = await pages.range(0, pages.total ?? 0)
    return { items: matching.map(({ id }) => id).filter((id) => isSelected(selection, id)) }
  }
  const whole: ChosenItems = { items: query.folder === undefined ? 'all' : [query.folder] }
  return selection.ids.size === 0 ? whole : { ...whole, except: [...selection.ids] }
}

/** Whether the folder at the end of a path is all that the link shows: its only target, and named like it. */
export function isWholeLink(path: Listing['path'], title: string | undefined): boolean {
  return path.length === 1 && path[0]?.name === title
}
