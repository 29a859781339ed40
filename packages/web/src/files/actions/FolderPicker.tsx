import { useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { ROOT_ID } from '@vitrine/domain'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../../language/text.ts'
import type { Chosen } from '../chosen.ts'
import { nodeQuery } from '../node-query.ts'
import type { TreeFolder } from '../tree/FolderBranch.tsx'
import { FolderTree } from '../tree/FolderTree.tsx'
import { NewFolderForm } from './NewFolderForm.tsx'
import { reasonAgainst } from './picker-reasons.ts'
import './actions.css'

/** A choice of a folder. */
export interface FolderPickerProps {
  readonly title: string
  readonly why?: string
  /** What the button says that chooses. */
  readonly goLabel: string
  readonly how: 'move' | 'copy' | 'restore'
  /** What is to go there. */
  readonly chosen: Chosen | undefined
  /** Expanded at first: the way to where one is. */
  readonly way: readonly string[]
  readonly onChoose: (folder: { readonly id: string; readonly name: string }) => void
  readonly onClose: () => void
}

/** Asks for a folder: a tree, a new folder in it, and why a folder is refused. */
export function FolderPicker(props: FolderPickerProps): ReactNode {
  const { onClose } = props
  return (
    <DialogContainer onDismiss={onClose}>
      <Dialog size="M">
        <Heading slot="title">{props.title}</Heading>
        <Content>
          {props.why === undefined ? null : <p className="picker-why">{props.why}</p>}
          <PickerTree {...props} />
        </Content>
      </Dialog>
    </DialogContainer>
  )
}

function PickerTree({ how, chosen, way, goLabel, onChoose, onClose }: FolderPickerProps): ReactNode {
  const text = useText()
  const { data: top } = useQuery(nodeQuery(ROOT_ID))
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set([ROOT_ID, ...way]))
  const [picked, setPicked] = useState<TreeFolder>({
    id: ROOT_ID,
    name: text('rail.files'),
    may: undefined,
    path: [],
    children: undefined,
  })
  const [isMaking, setMaking] = useState(false)
  const target = picked.id === ROOT_ID ? { ...picked, may: top?.may } : picked
  const reason = reasonAgainst(how, chosen, target)
  const expand = (id: string) => setExpanded((before) => new Set(before).add(id))
  return (
    <>
      <div className="picker-tree">
        <FolderTree
          label={text('tree.label')}
          rootMay={top?.may}
          expanded={expanded}
          onExpand={expand}
          onCollapse={(id) => setExpanded((before) => new Set([...before].filter((one) => one !== id)))}
          selected={picked.id}
          onChoose={setPicked}
          takesFocus
        />
      </div>
      <p className="picker-reason" role="status">
        {reason === undefined ? text('picker.into', { name: picked.name }) : text(reason)}
      </p>
      {isMaking ? (
        <NewFolderForm
          parent={picked.id}
          onCancel={() => setMaking(false)}
          onMade={({ id, name }) => {
            setMaking(false)
            expand(picked.id)
            setPicked({ id, name, may: ['create'], path: [...picked.path, picked.id], children: 0 })
          }}
        />
      ) : (
        <div className="picker-actions">
          <Button
            variant="secondary"
            disabled={target.may?.includes('create') === false}
            onClick={() => setMaking(true)}
          >
            {text('files.newFolder')}
          </Button>
          <span className="new-folder-actions">
            <Button variant="secondary" onClick={onClose}>
              {text('app.cancel')}
            </Button>
            <Button variant="accent" disabled={reason !== undefined} onClick={() => onChoose(picked)}>
              {goLabel}
            </Button>
          </span>
        </div>
      )}
    </>
  )
}
