import { useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { ROOT_ID } from '@vitrine/domain'
import { useText } from '../../language/text.ts'
import { FolderBranch } from './FolderBranch.tsx'
import type { TreeFolder } from './FolderBranch.tsx'
import { treeStep } from './tree-keys.ts'
import './tree.css'

/** A tree of folders, of which only what is expanded is loaded. */
export interface FolderTreeProps {
  readonly label: string
  /** What may be done with the root; undefined: not known yet. */
  readonly rootMay: readonly string[] | undefined
  readonly expanded: ReadonlySet<string>
  readonly onExpand: (id: string) => void
  readonly onCollapse: (id: string) => void
  /** The folder where one is, or that is chosen. */
  readonly selected: string | undefined
  /** Enter, Space or a click. */
  readonly onChoose: (folder: TreeFolder) => void
  /** Whether what is selected has the focus. */
  readonly takesFocus?: boolean
}

/** The folders as a tree: one tab stop, arrow keys as the ARIA tree pattern has them, and letters that lead to a name. */
export function FolderTree(props: FolderTreeProps): ReactNode {
  const text = useText()
  const root = useRef<HTMLUListElement>(null)
  const [wanted, setWanted] = useState<string>()
  const [isDrawn, setDrawn] = useState(false)
  const typed = useRef({ text: '', at: 0 })
  const current = wanted ?? props.selected ?? ROOT_ID

  const onKeyDown = (event: KeyboardEvent) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]')
    if (item === null || event.ctrlKey || event.metaKey || event.altKey) return
    const step = treeStep(event.key, item, root.current, typed.current)
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const id = item.dataset['folderId'] ?? ''
    if (step.do === 'focus') step.item.focus()
    else if (step.do === 'expand') props.onExpand(id)
    else if (step.do === 'collapse') props.onCollapse(id)
    else item.click()
  }
  const top: TreeFolder = { id: ROOT_ID, name: text('rail.files'), may: props.rootMay, path: [], children: undefined }
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its items have the focus
    <ul
      ref={root}
      className="tree"
      role="tree"
      aria-label={props.label}
      onKeyDown={onKeyDown}
      onFocus={(event) =>
        setWanted((event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]')?.dataset['folderId'])
      }
    >
      <FolderBranch
        {...props}
        folder={top}
        level={1}
        current={current}
        isCurrentDrawn={isDrawn}
        onCurrentDrawn={setDrawn}
        place={{ position: 1, count: 1 }}
      />
    </ul>
  )
}
