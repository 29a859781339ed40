import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ROOT_ID } from '@vitrine/domain'
import { useIdle } from '@vitrine/ui/use-idle.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { codeOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import { FailurePage } from '../shell/FailureNote.tsx'
import { Fill } from '../shell/slots.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { lazyPart } from '../start/load-part.ts'
import { FolderDeeds } from './FolderDeeds.tsx'
import { FolderPage } from './FolderPage.tsx'
import { FolderPath } from './FolderPath.tsx'
import { nodeQuery } from './node-query.ts'
import type { NodeDetail } from './node-query.ts'
import './files.css'

const RailTree = lazyPart(() => import('./tree/RailTree.tsx'), 'RailTree')
const NothingSeen = lazyPart(() => import('./NothingSeen.tsx'), 'NothingSeen')

/** What lies in a folder. */
export function FilesPage(): ReactNode {
  const text = useText()
  const { nodeId = ROOT_ID } = useParams({ strict: false })
  const { data: node, error, refetch } = useQuery(nodeQuery(nodeId))
  const name = nodeId === ROOT_ID ? text('rail.files') : node?.name
  usePageTitle(name ?? text('rail.files'))
  if (node === undefined && error !== null) {
    if (nodeId === ROOT_ID && codeOf(error) === 'node/not-found') {
      return (
        <Suspense fallback={<Waiting />}>
          <NothingSeen />
        </Suspense>
      )
    }
    return <FailurePage level={1} failure={error} onRetry={() => void refetch()} />
  }
  return (
    <>
      <Fill slot="path">{node === undefined ? null : <FolderPath node={node} />}</Fill>
      {node === undefined || name === undefined ? null : <FolderDeeds node={node} name={name} />}
      <Tree nodeId={nodeId} node={node} />
      <h1 className="page-title">{name ?? '\u00A0'}</h1>
      <FolderPage key={nodeId} nodeId={nodeId} node={node} name={name ?? ''} />
    </>
  )
}

/** The folder tree, which comes once the page has nothing else to do. */
function Tree({ nodeId, node }: { nodeId: string; node: NodeDetail | undefined }): ReactNode {
  const isIdle = useIdle()
  const isNarrow = useNarrow()
  if (!isIdle || isNarrow) return null
  return (
    <Fill slot="tree">
      <Suspense fallback={null}>
        <RailTree nodeId={nodeId} node={node} />
      </Suspense>
    </Fill>
  )
}
