import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../language/text.ts'
import type { NodeDetail } from '../node-query.ts'
import { useFilesPlace } from '../use-files-search.ts'
import { collapse, expand, useExpandedFolders } from './expanded-folders.ts'
import { FolderTree } from './FolderTree.tsx'

/** The folders in the rail: the one in view is shown, and what lies above it is expanded. */
export function RailTree({ nodeId, node }: { nodeId: string; node: NodeDetail | undefined }): ReactNode {
  const text = useText()
  const expanded = useExpandedFolders()
  const { goTo } = useFilesPlace()
  useEffect(() => {
    if (node !== undefined) expand(node.ancestors.map(({ id }) => id))
  }, [node])
  return (
    <FolderTree
      label={text('tree.label')}
      rootMay={undefined}
      expanded={expanded}
      onExpand={(id) => expand([id])}
      onCollapse={collapse}
      selected={nodeId}
      onChoose={({ id }) => goTo(id)}
    />
  )
}
