import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../language/text.ts'
import { lazyPart } from '../../start/load-part.ts'
import type { FolderListing } from '../folder-listing.ts'
import type { NodeDetail } from '../node-query.ts'
import { actionsFor } from './file-actions.ts'
import type { useFolderActions } from './use-folder-actions.ts'

const FileMenu = lazyPart(() => import('./FileMenu.tsx'), 'FileMenu')
const NewFolderDialog = lazyPart(() => import('./NewFolderDialog.tsx'), 'NewFolderDialog')
const FolderPicker = lazyPart(() => import('./FolderPicker.tsx'), 'FolderPicker')

/** What lies over a folder, and what it may need to know. */
export interface FolderDialogsProps {
  readonly nodeId: string
  readonly node: NodeDetail | undefined
  readonly pages: FolderListing['pages']
  readonly actions: ReturnType<typeof useFolderActions>
  /** A folder was made. @param id its own */
  readonly onMade: (id: string) => void
}

/** What is asked over a folder, and the menu of what was chosen in it. */
export function FolderDialogs(props: FolderDialogsProps): ReactNode {
  const { nodeId, actions } = props
  const { dialog } = actions
  const close = () => actions.setDialog(undefined)
  return (
    <Suspense fallback={null}>
      <Menu {...props} />
      {dialog?.ask === 'new-folder' ? (
        <NewFolderDialog
          parent={nodeId}
          onMade={({ id }) => {
            close()
            props.onMade(id)
          }}
          onClose={close}
        />
      ) : null}
      {dialog?.ask === 'folder' ? <TargetPicker {...props} dialog={dialog} /> : null}
    </Suspense>
  )
}

function TargetPicker({
  nodeId,
  node,
  actions,
  dialog: { how, chosen },
}: FolderDialogsProps & {
  dialog: Extract<FolderDialogsProps['actions']['dialog'], { readonly ask: 'folder' }>
}): ReactNode {
  const text = useText()
  return (
    <FolderPicker
      title={text(`picker.${how}`, { items: text('files.items', { count: chosen.count }) })}
      goLabel={text(`picker.${how}.go`)}
      how={how}
      chosen={chosen}
      way={[...(node?.ancestors ?? []).map(({ id }) => id), nodeId]}
      onChoose={(to) => {
        actions.setDialog(undefined)
        void actions.doTo(chosen, { kind: how, to })
      }}
      onClose={() => actions.setDialog(undefined)}
    />
  )
}

function Menu({ actions, pages }: FolderDialogsProps): ReactNode {
  const text = useText()
  const { menu, setMenu, act } = actions
  if (menu === undefined) return null
  const { at, chosen } = menu
  const label = text('files.menu', { name: chosen.only?.name ?? text('files.items', { count: chosen.count }) })
  return (
    <FileMenu
      at={at}
      label={label}
      actions={actionsFor(chosen, pages)}
      onAction={(action) => act(action, chosen)}
      onClose={() => setMenu(undefined)}
    />
  )
}
