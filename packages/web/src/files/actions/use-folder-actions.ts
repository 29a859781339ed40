import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import { ROOT_ID } from '@vitrine/domain'
import { queryClient } from '../../api/queries.ts'
import { useText } from '../../language/text.ts'
import { isTyping } from '../../operations/is-typing.ts'
import type { Deed } from '../../operations/operate.ts'
import { loadPart } from '../../start/load-part.ts'
import { chosenNode, chosenOf } from '../chosen.ts'
import type { Chosen } from '../chosen.ts'
import type { FolderListing, ListedNode } from '../folder-listing.ts'
import { nodeQuery } from '../node-query.ts'
import { putAside, useClipboard } from './clipboard.ts'
import { actionsFor } from './file-actions.ts'
import type { FileAction } from './file-actions.ts'
import type { Point } from './FileMenu.tsx'

/** What is asked over a folder. */
export type FolderDialog =
  | { readonly ask: 'new-folder' }
  | { readonly ask: 'folder'; readonly how: 'move' | 'copy'; readonly chosen: Chosen }

/** A folder, and what of it is shown. */
interface ShownFolder {
  readonly nodeId: string
  readonly listing: FolderListing
  readonly selection: ListSelection
  readonly onOpen: (node: ListedNode) => void
}

/** What can be done in a folder, and what is being asked, shown and typed for it. */
export function useFolderActions(folder: ShownFolder) {
  const { nodeId, listing, selection } = folder
  const text = useText()
  const [dialog, setDialog] = useState<FolderDialog>()
  const [menu, setMenu] = useState<{ readonly at: Point; readonly chosen: Chosen }>()
  const [renaming, setRenaming] = useState<string>()
  const clipboard = useClipboard()

  /** What is selected, when the member is; else the member alone, which is selected then. */
  const chosenAt = useCallback(
    (index: number): Chosen | undefined => {
      const node = listing.pages.at(index)
      if (node === undefined) return undefined
      if (selection.has(node.id)) return chosenOf(selection.selection, listing)
      selection.only(index)
      return chosenNode(node, nodeId)
    },
    [listing, selection, nodeId],
  )

  const doTo = async (chosen: Chosen, deed: Pick<Deed, 'kind' | 'to'>) => {
    const { operate } = await loadPart(() => import('../../operations/operate.ts'))
    const isDone = await operate({ ...deed, selection: chosen.selection, name: chosen.only?.name }, text)
    if (isDone && deed.kind !== 'copy') selection.clear()
  }

  const act = (action: FileAction, chosen: Chosen) => {
    if (!actionsFor(chosen, listing.pages).includes(action)) return
    if (action === 'open' && chosen.only !== undefined) folder.onOpen(chosen.only)
    else if (action === 'rename') setRenaming(chosen.only?.id)
    else if (action === 'move' || action === 'copy') setDialog({ ask: 'folder', how: action, chosen })
    else if (action === 'cut') putAside({ how: 'move', chosen })
    else if (action === 'take') putAside({ how: 'copy', chosen })
    else if (action === 'trash') void doTo(chosen, { kind: 'trash' })
  }

  const paste = async () => {
    if (clipboard === undefined) return
    // Its rights and its name may still be on their way when somebody pastes at once.
    const target = await queryClient.ensureQueryData(nodeQuery(nodeId)).catch(() => undefined)
    if (target?.may.includes('create') !== true) return
    if (clipboard.how === 'move') putAside(undefined)
    const name = nodeId === ROOT_ID ? text('rail.files') : target.name
    await doTo(clipboard.chosen, { kind: clipboard.how, to: { id: nodeId, name } })
  }
  usePasteKey(() => void paste())

  return { dialog, setDialog, menu, setMenu, renaming, setRenaming, clipboard, chosenAt, act, paste, doTo }
}

/** Ctrl+V pastes wherever the focus is, unless somebody types. */
function usePasteKey(paste: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v' && !isTyping(event.target)) paste()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

/** What a key in the grid does with the member that has the focus; undefined: nothing. */
export function actionOfKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): FileAction | undefined {
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) return key === 'x' ? 'cut' : key === 'c' ? 'take' : undefined
  return key === 'f2' ? 'rename' : key === 'delete' ? 'trash' : undefined
}
