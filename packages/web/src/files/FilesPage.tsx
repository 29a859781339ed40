import { useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import FolderOpen from '@react-spectrum/s2/icons/FolderOpen'
import { ROOT_ID } from '@vitrine/domain'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { PathTrail } from '@vitrine/ui/PathTrail.tsx'
import { usePagesVersion } from '@vitrine/ui/use-sparse-pages.ts'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { codeOf } from '../api/failure-words.ts'
import { onReturn } from '../api/connection.ts'
import { DownloadButton } from '../downloads/DownloadButton.tsx'
import { allowedOf } from '../downloads/allowed-of.ts'
import { useText } from '../language/text.ts'
import { useOnLiveChange } from '../live/use-live-changes.ts'
import { FailureNote, FailurePage } from '../shell/FailureNote.tsx'
import { Fill } from '../shell/slots.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { FolderGrid } from './FolderGrid.tsx'
import { folderListing } from './folder-listing.ts'
import { useLeftAsset } from './left-asset.ts'
import './files.css'

const nodeQuery = (id: string) =>
  queryOptions({
    queryKey: ['nodes', id],
    queryFn: ({ signal }) => call('GET /api/v1/nodes/:id', { params: { id }, signal }),
  })

/** What lies in a folder. */
export function FilesPage(): ReactNode {
  const text = useText()
  const { nodeId = ROOT_ID } = useParams({ strict: false })
  const { data: node, error, refetch } = useQuery(nodeQuery(nodeId))
  const name = node === undefined || node.parent === null ? text('rail.files') : node.name
  usePageTitle(name)
  if (node === undefined) {
    if (error === null) return <Waiting />
    if (nodeId === ROOT_ID && codeOf(error) === 'node/not-found') return <NothingSeen />
    return <FailurePage level={1} failure={error} onRetry={() => void refetch()} />
  }
  return (
    <>
      <Fill slot="path">
        <FolderPath node={node} />
      </Fill>
      <Fill slot="actions">
        <DownloadButton nodes={{ folder: node.id }} allowed={allowedOf(node)} />
      </Fill>
      <h1 className="page-title">{name}</h1>
      <Children key={nodeId} nodeId={nodeId} name={name} />
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

function FolderPath({ node }: { node: AnswerOf<'GET /api/v1/nodes/:id'> }): ReactNode {
  const text = useText()
  const navigate = useNavigate()
  const steps = [...node.ancestors, { id: node.id, name: node.name }].map(({ id, name }) => ({
    key: id,
    name: id === ROOT_ID ? text('rail.files') : name,
    href: id === ROOT_ID ? '/files' : `/files/${id}`,
  }))
  // At the root the title says it.
  if (steps.length < 2) return null
  return <PathTrail label={text('files.path')} steps={steps} onFollow={({ href }) => void navigate({ href })} />
}

function Children({ nodeId, name }: { nodeId: string; name: string }): ReactNode {
  const text = useText()
  const { sort = 'name' } = useSearch({ strict: false })
  const pages = useMemo(() => folderListing(nodeId, sort), [nodeId, sort])
  usePagesVersion(pages)
  const focus = useLeftAsset(nodeId, pages.total)
  useOnLiveChange((event) => {
    const isHere = event.kind === 'resync' || (event.kind === 'folder' && event.folder === nodeId)
    if (isHere) pages.refresh(0, 1)
  })
  useEffect(() => {
    pages.want(0, 1)
    return onReturn(() => pages.refresh(0, 1))
  }, [pages])
  if (pages.total === undefined) {
    if (pages.failure === undefined) return <Waiting />
    return <FailurePage failure={pages.failure} onRetry={() => pages.refresh(0, 1)} />
  }
  if (pages.total === 0) return <EmptyState icon={<FolderOpen />} title={text('files.empty')} />
  return (
    <>
      <FailureNote failure={pages.failure} onRetry={() => pages.refresh(0, 1)} />
      <FolderGrid pages={pages} label={text('files.grid', { name })} focus={focus} />
    </>
  )
}
