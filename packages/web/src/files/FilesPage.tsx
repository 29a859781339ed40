import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import FolderOpen from '@react-spectrum/s2/icons/FolderOpen'
import { ROOT_ID } from '@vitrine/domain'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { codeOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import { FailurePage } from '../shell/FailureNote.tsx'
import { Fill } from '../shell/slots.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { FolderDeeds } from './FolderDeeds.tsx'
import { FolderPage } from './FolderPage.tsx'
import { FolderPath } from './FolderPath.tsx'
import { nodeQuery } from './node-query.ts'
import './files.css'

/** What lies in a folder. */
export function FilesPage(): ReactNode {
  const text = useText()
  const { nodeId = ROOT_ID } = useParams({ strict: false })
  const { data: node, error, refetch } = useQuery(nodeQuery(nodeId))
  const name = nodeId === ROOT_ID ? text('rail.files') : node?.name
  usePageTitle(name ?? text('rail.files'))
  if (node === undefined && error !== null) {
    if (nodeId === ROOT_ID && codeOf(error) === 'node/not-found') return <NothingSeen />
    return <FailurePage level={1} failure={error} onRetry={() => void refetch()} />
  }
  return (
    <>
      <Fill slot="path">{node === undefined ? null : <FolderPath node={node} />}</Fill>
      {node === undefined || name === undefined ? null : <FolderDeeds node={node} name={name} />}
      <h1 className="page-title">{name ?? '\u00A0'}</h1>
      <FolderPage key={nodeId} nodeId={nodeId} node={node} name={name ?? ''} />
    </>
  )
}

/** For whoever may not see the root: it is the first page after signing in, and no mistake of theirs. */
function NothingSeen(): ReactNode {
  const text = useText()
  return (
    <>
      <h1 className="page-title">{text('rail.files')}</h1>
      <EmptyState icon={<FolderOpen />} title={text('files.noRoot')} words={text('files.noRoot.text')} />
    </>
  )
}
