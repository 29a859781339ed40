import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ROOT_ID } from '@vitrine/domain'
import ChevronRight from '@react-spectrum/s2/icons/ChevronRight'
import Folder from '@react-spectrum/s2/icons/Folder'
import { Button } from '@vitrine/ui/Button.tsx'
import { sentenceOf } from '../../api/failure-words.ts'
import { useText } from '../../language/text.ts'
import type { FolderTreeProps } from './FolderTree.tsx'
import { subfoldersQuery } from './subfolders-query.ts'

/** A folder of the tree. */
export interface TreeFolder {
  readonly id: string
  readonly name: string
  /** What may be done with it; undefined: not known yet. */
  readonly may: readonly string[] | undefined
  /** Ids of the folders above it, the root first. */
  readonly path: readonly string[]
  /** Number of its children, assets too; undefined: not known. */
  readonly children: number | undefined
}

interface FolderBranchProps extends FolderTreeProps {
  readonly folder: TreeFolder
  readonly level: number
  /** The one tab stop, where it is drawn; else the root is. */
  readonly current: string
  readonly isCurrentDrawn: boolean
  readonly onCurrentDrawn: (isDrawn: boolean) => void
  readonly place: { readonly position: number; readonly count: number }
}

/** A folder with those in it, where it is expanded. */
export function FolderBranch(props: FolderBranchProps): ReactNode {
  const {
    folder,
    level,
    current,
    isCurrentDrawn,
    onCurrentDrawn,
    place,
    expanded,
    selected,
    takesFocus = false,
  } = props
  const { id, name, children } = folder
  const item = useRef<HTMLDivElement>(null)
  const isOpen = expanded.has(id) && children !== 0
  const isSelected = selected === id
  useEffect(() => {
    if (isSelected) item.current?.scrollIntoView({ block: 'nearest' })
    if (isSelected && takesFocus) item.current?.focus()
  }, [isSelected, takesFocus])
  const isCurrent = id === current
  useEffect(() => {
    if (!isCurrent) return undefined
    onCurrentDrawn(true)
    return () => onCurrentDrawn(false)
  }, [isCurrent, onCurrentDrawn])
  return (
    <li role="none">
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around it has the keys */}
      <div
        ref={item}
        role="treeitem"
        className="tree-row"
        aria-level={level}
        aria-posinset={place.position}
        aria-setsize={place.count}
        aria-selected={isSelected}
        aria-expanded={children === 0 ? undefined : isOpen}
        tabIndex={isCurrent || (id === ROOT_ID && !isCurrentDrawn) ? 0 : -1}
        data-folder-id={id}
        style={{ paddingInlineStart: (level - 1) * 16 }}
        onClick={() => {
          item.current?.focus()
          props.onChoose(folder)
        }}
      >
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the arrow keys do the same */}
        <span
          className="tree-twist"
          data-open={isOpen || undefined}
          hidden={children === 0}
          onClick={(event) => {
            event.stopPropagation()
            if (isOpen) props.onCollapse(id)
            else props.onExpand(id)
          }}
        >
          <ChevronRight />
        </span>
        <Folder />
        <span className="tree-name" title={name}>
          {name}
        </span>
      </div>
      {isOpen ? <Subfolders {...props} /> : null}
    </li>
  )
}

function Subfolders(props: FolderBranchProps): ReactNode {
  const text = useText()
  const { folder, level } = props
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    subfoldersQuery(folder.id),
  )
  const path = [...folder.path, folder.id]
  const folders = data?.pages.flatMap(({ items }) => items) ?? []
  const count = data?.pages.at(-1)?.total ?? 0
  if (data === undefined && error !== null) {
    return (
      <p className="tree-note" role="alert">
        {sentenceOf(error, text)}
        <Button variant="quiet" onClick={() => void refetch()}>
          {text('app.retry')}
        </Button>
      </p>
    )
  }
  return (
    <ul role="none" className="tree-group">
      {folders.map(({ id, name, may, children }, index) => (
        <FolderBranch
          key={id}
          {...props}
          folder={{ id, name, may, path, children }}
          level={level + 1}
          place={{ position: index + 1, count }}
        />
      ))}
      {hasNextPage ? (
        <li role="none">
          <Button variant="quiet" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {text('tree.more', { count: count - folders.length })}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
