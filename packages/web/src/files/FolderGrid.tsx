import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import File from '@react-spectrum/s2/icons/File'
import Folder from '@react-spectrum/s2/icons/Folder'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import type { ListedNode } from './folder-listing.ts'

const nothing = () => undefined

/** The children of a folder as rows. @param props.focus another value moves the focus to this row */
export function FolderGrid(props: {
  pages: SparsePages<ListedNode>
  label: string
  focus: { readonly index: number } | undefined
}): ReactNode {
  const { pages, label, focus } = props
  const text = useText()
  const navigate = useNavigate()
  const isNarrow = useNarrow()
  const onVisible = useCallback((start: number, end: number) => pages.want(start, end), [pages])
  const open = (index: number) => {
    const node = pages.at(index)
    if (node?.kind === 'folder') void navigate({ to: '/files/$nodeId', params: { nodeId: node.id } })
    if (node?.kind === 'asset')
      void navigate({
        to: '/assets/$nodeId',
        params: { nodeId: node.id },
        search: ((before: object) => before) as never,
      })
  }
  return (
    <VirtualGrid<ListedNode>
      label={label}
      loadingText={text('app.loading')}
      count={pages.total ?? 0}
      layout={{ kind: 'rows', height: isNarrow ? 64 : 48 }}
      insets={{ top: isNarrow ? 56 : 64, bottom: isNarrow ? 64 : 0 }}
      focus={focus}
      at={(index) => pages.at(index)}
      idOf={({ id }) => id}
      textOf={(node) => labelOf(node, text)}
      isSelected={() => false}
      onToggle={nothing}
      onExtend={nothing}
      onSelectAll={nothing}
      onClear={nothing}
      onActivate={open}
      onVisible={onVisible}
      renderCell={(node) => <NodeRow node={node} />}
    />
  )
}

function NodeRow({ node }: { node: ListedNode | undefined }): ReactNode {
  const text = useText()
  if (node === undefined) return <div className="file-row" aria-hidden="true" />
  return (
    <div className="file-row" data-kind={node.kind}>
      {node.kind === 'folder' ? <Folder /> : <File />}
      <span className="file-name" title={node.name}>
        {node.name}
      </span>
      <span className="file-type">{typeOf(node, text)}</span>
      <span className="file-size">{node.size === undefined ? '' : text.bytes(node.size)}</span>
      <span className="file-modified">{text.day(node.modifiedAt)}</span>
    </div>
  )
}

function typeOf(node: ListedNode, text: Text): string {
  return node.kind === 'folder' ? text('files.folder') : (node.mediaType ?? '')
}

function labelOf(node: ListedNode, text: Text): string {
  const facts = [node.name, typeOf(node, text), ...(node.size === undefined ? [] : [text.bytes(node.size)])]
  return facts.join(', ')
}
