import { useCallback, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ROOT_ID } from '@vitrine/domain'
import { PathTrail } from '@vitrine/ui/PathTrail.tsx'
import type { ZoomHandle } from '@vitrine/ui/ZoomView.tsx'
import { codeOf } from '../api/failure-words.ts'
import { DownloadButton } from '../downloads/DownloadButton.tsx'
import { allowedOf } from '../downloads/allowed-of.ts'
import { nodeQuery } from '../files/node-query.ts'
import { useText } from '../language/text.ts'
import { FailureNote, FailurePage } from '../shell/FailureNote.tsx'
import { Fill } from '../shell/slots.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { Waiting } from '../shell/Waiting.tsx'
import type { AssetDetail } from './asset-queries.ts'
import { AssetHead } from './AssetHead.tsx'
import { AssetStage } from './AssetStage.tsx'
import { Filmstrip } from './Filmstrip.tsx'
import { GoneAsset } from './GoneAsset.tsx'
import { PanelPlace } from './panel/PanelPlace.tsx'
import type { AssetPanelName, AssetSearch } from './routes.ts'
import { useAssetKeys } from './use-asset-keys.ts'
import { useSlim } from './use-slim.ts'
import { useWalk } from './use-walk.ts'
import type { AssetWalk } from './use-walk.ts'
import './asset-page.css'

/** One asset: as large as the window allows, with all that is known of it beside it. */
export function AssetPage(): ReactNode {
  const { nodeId = '' } = useParams({ strict: false })
  const { data: asset, error, refetch } = useQuery({ ...nodeQuery(nodeId), placeholderData: keepPreviousData })
  if (asset === undefined) {
    if (error === null) return <Waiting />
    return <FailurePage level={1} failure={error} onRetry={() => void refetch()} />
  }
  if (asset.kind === 'folder') return <Navigate to="/files/$nodeId" params={{ nodeId: asset.id }} replace />
  return <Asset asset={asset} failure={error} onRetry={() => void refetch()} />
}

function Asset(props: { asset: AssetDetail; failure: unknown; onRetry: () => void }): ReactNode {
  const { asset, failure } = props
  usePageTitle(asset.name)
  const walk = useWalk(asset)
  const panel = usePanel()
  const tools = useRef<ZoomHandle>(null)
  const { neighbours, turn, leave } = walk
  useAssetKeys({
    tools,
    previous: () => turn(neighbours?.previous?.id),
    next: () => turn(neighbours?.next?.id),
    close: panel.compare === undefined ? leave : () => panel.change({ compare: undefined }),
  })
  const isGone = codeOf(failure) === 'node/not-found'
  return (
    <div className="asset-page" data-panel={panel.isBeside ? '' : undefined}>
      <AssetPath asset={asset} walk={walk} />
      <Fill slot="actions">{isGone ? null : <DownloadButton nodes={[asset.id]} allowed={allowedOf(asset)} />}</Fill>
      <div className="asset-main">
        <AssetHead asset={asset} walk={walk} tools={tools} panel={panel} isGone={isGone} />
        {isGone ? null : <FailureNote failure={failure} onRetry={props.onRetry} />}
        {isGone ? (
          <GoneAsset name={asset.name} walk={walk} />
        ) : (
          <AssetStage asset={asset} walk={walk} tools={tools} compare={panel.compare} onEndCompare={panel.endCompare} />
        )}
        <Filmstrip
          pages={walk.pages}
          currentId={asset.id}
          currentIndex={neighbours?.before}
          hrefOf={(id) => `/assets/${id}${location.search}`}
          onTurn={turn}
        />
      </div>
      {isGone ? null : <PanelPlace asset={asset} panel={panel} />}
    </div>
  )
}

function AssetPath({ asset, walk }: { asset: AssetDetail; walk: AssetWalk }): ReactNode {
  const text = useText()
  const navigate = useNavigate()
  const steps = asset.ancestors.map(({ id, name }) => ({
    key: id,
    name: id === ROOT_ID ? text('rail.files') : name,
    href: id === asset.parent ? walk.folderHref : id === ROOT_ID ? '/files' : `/files/${id}`,
  }))
  const here = { key: asset.id, name: asset.name, href: `/assets/${asset.id}` }
  return (
    <Fill slot="path">
      <PathTrail
        label={text('assets.path')}
        steps={[...steps, here]}
        onFollow={({ key, href }) => (key === asset.parent ? walk.leave() : void navigate({ href }))}
      />
    </Fill>
  )
}

/** What is shown beside the asset, and how that changes. */
export interface PanelState {
  /** What is shown; undefined: nothing. */
  readonly shown: AssetPanelName | undefined
  /** It stands beside the picture, not over it. */
  readonly isBeside: boolean
  readonly compare: string | undefined
  readonly change: (change: Pick<AssetSearch, 'show' | 'compare'>) => void
  readonly toggle: () => void
  readonly endCompare: () => void
}

function usePanel(): PanelState {
  const navigate = useNavigate()
  const { show, compare }: AssetSearch = useSearch({ strict: false })
  const isSlim = useSlim()
  const [isHidden, setHidden] = useState(false)
  const change = useCallback(
    (wanted: Pick<AssetSearch, 'show' | 'compare'>) => {
      const search = (before: AssetSearch) => ({ ...before, ...wanted })
      void navigate({ to: '.', search: search as never, replace: true, resetScroll: false })
    },
    [navigate],
  )
  const shown = isSlim ? show : isHidden ? undefined : (show ?? 'properties')
  const toggle = () => {
    if (isSlim) change({ show: show === undefined ? 'properties' : undefined })
    else setHidden((hidden) => !hidden)
  }
  return {
    shown,
    isBeside: !isSlim && shown !== undefined,
    compare,
    change,
    toggle,
    endCompare: () => change({ compare: undefined }),
  }
}
