import type { Chosen } from '../chosen.ts'
import { mayAll } from '../chosen.ts'
import type { FolderListing } from '../folder-listing.ts'

/** What can be done with what was chosen. */
export const fileActions = ['open', 'rename', 'move', 'copy', 'cut', 'take', 'trash'] as const
/** One of {@link fileActions}. `cut` and `take` put it aside, to be moved or copied to where one pastes. */
export type FileAction = (typeof fileActions)[number]

/** What may be done with what was chosen, as far as is known here. */
export function actionsFor(chosen: Chosen, pages: FolderListing['pages']): readonly FileAction[] {
  const mayModify = mayAll(chosen, pages, 'modify')
  const mayCopy = mayAll(chosen, pages, 'download-original')
  const may: Readonly<Record<FileAction, boolean>> = {
    open: chosen.only !== undefined,
    rename: chosen.only !== undefined && mayModify,
    move: mayModify,
    copy: mayCopy,
    cut: mayModify,
    take: mayCopy,
    trash: mayAll(chosen, pages, 'delete'),
  }
  return fileActions.filter((action) => may[action])
}
