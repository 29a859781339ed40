import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../language/text.ts'
import { lazyPart } from '../../start/load-part.ts'
import type { Chosen } from '../chosen.ts'
import type { NodeDetail } from '../node-query.ts'
import type { FolderDialog } from './use-folder-actions.ts'

const NewFolderDialog = lazyPart(() => import('./NewFolderDialog.tsx'), 'NewFolderDialog')
const FolderPicker = lazyPart(() => import('./FolderPicker.tsx'), 'FolderPicker')

/** What is asked over a folder. */
export function FolderDialogs(props: {
  dialog: FolderDialog | undefined
  nodeId: string
  node: NodeDetail | undefined
  onMade: (folder: { readonly id: string; readonly name: string }) => void
  onTarget: (how: 'move' | 'copy', chosen: Chosen, to: { readonly id: string; readonly name: string }) => void
  onClose: () => void
}): ReactNode {
  const text = useText()
  const { dialog, nodeId, node, onClose } = props
  if (dialog === undefined) return null
  if (dialog.ask === 'new-folder') {
    return (
      <Suspense fallback={null}>
        <NewFolderDialog parent={nodeId} onMade={props.onMade} onClose={onClose} />
      </Suspense>
    )
  }
  const { how, chosen } = dialog
  return (
    <Suspense fallback={null}>
      <FolderPicker
        title={text(`picker.${how}`, { count: chosen.count })}
        goLabel={text(`picker.${how}.go`)}
        how={how}
        chosen={chosen}
        way={[...(node?.ancestors ?? []).map(({ id }) => id), nodeId]}
        onChoose={(to) => props.onTarget(how, chosen, to)}
        onClose={onClose}
      />
    </Suspense>
  )
}
