import { Suspense, useEffect, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { useSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useVisiblePages } from '@vitrine/ui/listing/use-visible-pages.ts'
import { useHeight } from '@vitrine/ui/use-height.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { Missing } from '../shell/Missing.tsx'
import { Fill } from '../shell/slots.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { lazyPart } from '../start/load-part.ts'
import { actionsFor } from './actions/file-actions.ts'
import { FolderSelectionBar } from './actions/FolderSelectionBar.tsx'
import { SelectionDeeds } from './actions/SelectionDeeds.tsx'
import { useDragToFolders } from './actions/use-drag-to-folders.ts'
import { useFolderActions } from './actions/use-folder-actions.ts'
import { chosenOf } from './chosen.ts'
import { FolderGrid } from './FolderGrid.tsx'
import { FolderHeads } from './FolderHeads.tsx'
import { FolderToolbar } from './FolderToolbar.tsx'
import { expireKept, folderListing } from './folder-listing.ts'
import type { FolderListing, ListedNode } from './folder-listing.ts'
import type { NodeDetail } from './node-query.ts'
import { useLeftAsset } from './left-asset.ts'
import { useArrival } from './use-arrival.ts'
import { useFilesPlace } from './use-files-search.ts'
import { useNodeFocus } from './use-node-focus.ts'
import '@vitrine/ui/listing/tools.css'

const FolderButtons = lazyPart(() => import('./FolderButtons.tsx'), 'FolderButtons')
const FolderDialogs = lazyPart(() => import('./actions/FolderDialogs.tsx'), 'FolderDialogs')
const ColumnView = lazyPart(() => import('./columns/ColumnView.tsx'), 'ColumnView')
const EmptyFolder = lazyPart(() => import('./EmptyFolder.tsx'), 'EmptyFolder')
const NoMatch = lazyPart(() => import('./NoMatch.tsx'), 'NoMatch')

/** A folder; there is one of this component for each. */
export interface FolderPageProps {
  readonly nodeId: string
  /** Undefined: on its way. */
  readonly node: NodeDetail | undefined
  readonly name: string
}

/** What lies in a folder, and what can be done with it. */
export function FolderPage({ nodeId, node, name }: FolderPageProps): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const place = useFilesPlace()
  const listing = useFolderListing(nodeId, place)
  const { shown } = listing
  const { pages, query } = shown
  const selection = useSelection({ pages, list: nodeId, filter: query.filter })
  const open = ({ kind, id }: ListedNode) => (kind === 'folder' ? place.goTo(id) : place.openAsset(id))
  const mayCreate = node?.may.includes('create') === true
  const actions = useFolderActions({ nodeId, listing: shown, selection, onOpen: open })
  const arrival = useArrival(nodeId, node, pages)
  const leftAsset = useLeftAsset(nodeId, pages.total)
  const [made, focusNode] = useNodeFocus(shown, listing.version)
  const onDragStart = useDragToFolders(actions.chosenAt, (chosen, to, kind) => void actions.doTo(chosen, { kind, to }))
  const tools = useRef<HTMLDivElement>(null)
  const stuck = useHeight(tools)
  // A narrow screen has no room for columns beside each other.
  const view = place.view === 'column' && isNarrow ? 'list' : place.view
  const isSelecting = selection.count > 0
  const grid = {
    label: text('files.grid', { name }),
    pages,
    selection,
    top: stuck + (isNarrow ? 56 : 64),
    focus: made ?? leftAsset ?? arrival,
    actions,
    onDragStart,
    onVisible: listing.onVisible,
    onOpen: open,
    onRenamed: focusNode,
  }
  const chosen = isSelecting ? chosenOf(selection.selection, shown) : undefined

  return (
    <>
      <Fill slot="actions">
        <Suspense fallback={null}>
          <FolderButtons
            mayCreate={mayCreate}
            clipboard={actions.clipboard}
            onNewFolder={() => actions.setDialog({ ask: 'new-folder' })}
            onPaste={() => void actions.paste()}
          />
        </Suspense>
      </Fill>
      {pages.total === undefined ? (
        <Missing failure={pages.failure} onRetry={listing.refresh} />
      ) : (
        <>
          <div ref={tools} className="folder-tools">
            {pages.total === 0 && query.filter === '' && view !== 'column' ? null : (
              <div className="tools" data-pending={listing.isPending || undefined}>
                {chosen === undefined ? (
                  <FolderToolbar nodeId={nodeId} place={place} selection={selection} total={pages.total} />
                ) : (
                  <FolderSelectionBar
                    selection={selection}
                    pages={pages}
                    actions={actionsFor(chosen, pages)}
                    onAction={(action) => actions.act(action, chosen)}
                  >
                    <SelectionDeeds chosen={chosen} pages={pages} />
                  </FolderSelectionBar>
                )}
                {view === 'list' && !isNarrow ? <FolderHeads place={place} /> : null}
              </div>
            )}
          </div>
          <FailureNote failure={pages.failure} onRetry={listing.refresh} />
          {view === 'column' ? (
            <Suspense fallback={<Waiting />}>
              <ColumnView {...grid} node={node} listing={shown} place={place} />
            </Suspense>
          ) : pages.total > 0 ? (
            <FolderGrid key={view} {...grid} view={view} />
          ) : query.filter === '' ? (
            <Suspense fallback={null}>
              <EmptyFolder mayCreate={mayCreate} onNewFolder={() => actions.setDialog({ ask: 'new-folder' })} />
            </Suspense>
          ) : (
            <Suspense fallback={null}>
              <NoMatch filter={query.filter} onClear={() => place.change({ filter: undefined })} />
            </Suspense>
          )}
        </>
      )}
      {actions.dialog === undefined && actions.menu === undefined ? null : (
        <Suspense fallback={null}>
          <FolderDialogs nodeId={nodeId} node={node} pages={pages} actions={actions} onMade={focusNode} />
        </Suspense>
      )}
    </>
  )
}

/** The listing of a folder as it is looked at; one that was there before is shown at once, and asked for again. */
function useFolderListing(nodeId: string, { sort, filter }: Pick<ReturnType<typeof useFilesPlace>, 'sort' | 'filter'>) {
  const wanted = useMemo(() => folderListing({ folder: nodeId, sort, filter }), [nodeId, sort, filter])
  useEffect(() => expireKept(wanted), [wanted])
  return useVisiblePages(wanted, isSameFolder)
}

function isSameFolder(one: FolderListing, other: FolderListing): boolean {
  return one.query.folder === other.query.folder
}
