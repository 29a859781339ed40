import { Suspense, useEffect, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { sizeOfSelection } from '@vitrine/ui/listing/selected-size.ts'
import { useSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useVisiblePages } from '@vitrine/ui/listing/use-visible-pages.ts'
import { useHeight } from '@vitrine/ui/use-height.ts'
import { useIdle } from '@vitrine/ui/use-idle.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { FailureNote, FailurePage } from '../shell/FailureNote.tsx'
import { Fill } from '../shell/slots.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { lazyPart } from '../start/load-part.ts'
import { actionsFor } from './actions/file-actions.ts'
import { FolderDialogs } from './actions/FolderDialogs.tsx'
import { SelectionBar } from './actions/SelectionBar.tsx'
import { SelectionDeeds } from './actions/SelectionDeeds.tsx'
import { useDragToFolders } from './actions/use-drag-to-folders.ts'
import { useFolderActions } from './actions/use-folder-actions.ts'
import { useMadeFolder } from './actions/use-made-folder.ts'
import { chosenOf } from './chosen.ts'
import { EmptyFolder, NoMatch } from './EmptyFolder.tsx'
import { FolderButtons } from './FolderButtons.tsx'
import { FolderGrid } from './FolderGrid.tsx'
import { FolderHeads, FolderToolbar } from './FolderToolbar.tsx'
import { expireKept, folderListing } from './folder-listing.ts'
import type { FolderListing, ListedNode } from './folder-listing.ts'
import type { NodeDetail } from './node-query.ts'
import { useArrival } from './use-arrival.ts'
import { useFilesPlace } from './use-files-search.ts'
import { useNodeFocus } from './use-node-focus.ts'
import '@vitrine/ui/listing/tools.css'

const FileMenu = lazyPart(() => import('./actions/FileMenu.tsx'), 'FileMenu')
const ColumnView = lazyPart(() => import('./columns/ColumnView.tsx'), 'ColumnView')
const RailTree = lazyPart(() => import('./tree/RailTree.tsx'), 'RailTree')

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
  const open = ({ kind, id }: ListedNode) => {
    if (kind === 'folder') place.goTo(id)
  }
  const mayCreate = node?.may.includes('create') === true
  const actions = useFolderActions({ nodeId, name, mayCreate, listing: shown, selection, onOpen: open })
  const arrival = useArrival(nodeId, node, pages)
  const [made, focusNode] = useNodeFocus(shown, listing.version)
  const noteMade = useMadeFolder(focusNode)
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
    focus: made ?? arrival,
    actions,
    onDragStart,
    onVisible: listing.onVisible,
    onOpen: open,
    onRenamed: focusNode,
  }
  const chosen = isSelecting ? chosenOf(selection.selection, shown) : undefined

  return (
    <>
      <Tree node={node} />
      <Fill slot="actions">
        <FolderButtons
          mayCreate={mayCreate}
          clipboard={actions.clipboard}
          onNewFolder={() => actions.setDialog({ ask: 'new-folder' })}
          onPaste={actions.paste}
        />
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
                  <SelectionBar
                    selection={selection}
                    total={pages.total}
                    size={sizeOfSelection(selection.selection, pages)}
                    actions={actionsFor(chosen, pages)}
                    onAction={(action) => actions.act(action, chosen)}
                  >
                    <SelectionDeeds chosen={chosen} pages={pages} />
                  </SelectionBar>
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
            <EmptyFolder mayCreate={mayCreate} onNewFolder={() => actions.setDialog({ ask: 'new-folder' })} />
          ) : (
            <NoMatch filter={query.filter} onClear={() => place.change({ filter: undefined })} />
          )}
        </>
      )}
      <FolderDialogs
        dialog={actions.dialog}
        nodeId={nodeId}
        node={node}
        onMade={(folder) => {
          actions.setDialog(undefined)
          noteMade(folder)
        }}
        onTarget={(kind, what, to) => {
          actions.setDialog(undefined)
          void actions.doTo(what, { kind, to })
        }}
        onClose={() => actions.setDialog(undefined)}
      />
      {actions.menu === undefined ? null : (
        <Suspense fallback={null}>
          <MenuOf menu={actions.menu} pages={pages} act={actions.act} onClose={() => actions.setMenu(undefined)} />
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

function Missing({ failure, onRetry }: { failure: unknown; onRetry: () => void }): ReactNode {
  return failure === undefined ? <Waiting /> : <FailurePage failure={failure} onRetry={onRetry} />
}

/** The folder tree, which comes once the folder itself is there. */
function Tree({ node }: { node: NodeDetail | undefined }): ReactNode {
  const isIdle = useIdle()
  const isNarrow = useNarrow()
  if (!isIdle || isNarrow) return null
  return (
    <Fill slot="tree">
      <Suspense fallback={null}>
        <RailTree node={node} />
      </Suspense>
    </Fill>
  )
}

function MenuOf(props: {
  menu: NonNullable<ReturnType<typeof useFolderActions>['menu']>
  pages: FolderListing['pages']
  act: ReturnType<typeof useFolderActions>['act']
  onClose: () => void
}): ReactNode {
  const text = useText()
  const { at, chosen } = props.menu
  return (
    <FileMenu
      at={at}
      label={
        chosen.only === undefined
          ? text('files.menu.many', { count: chosen.count })
          : text('files.menu', { name: chosen.only.name })
      }
      actions={actionsFor(chosen, props.pages)}
      onAction={(action) => props.act(action, chosen)}
      onClose={props.onClose}
    />
  )
}
