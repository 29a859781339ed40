import { useCallback, useEffect, useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ROOT_ID } from '@vitrine/domain'
import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { usePagesVersion } from '@vitrine/ui/use-sparse-pages.ts'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { onReturn } from '../api/connection.ts'
import { queryClient } from '../api/queries.ts'
import { noteLeft } from '../files/left-asset.ts'
import { useOnLiveChange } from '../live/use-live-changes.ts'
import { neighboursQuery, preloadAsset } from './asset-queries.ts'
import type { AssetDetail, Neighbours, Walk } from './asset-queries.ts'
import type { AssetSearch } from './routes.ts'

/** An asset as the filmstrip shows it. */
export type StripAsset = AnswerOf<'GET /api/v1/nodes/:id/children'>['items'][number]

/** Assets that are asked for at a time: about what a filmstrip shows. */
const PAGE_SIZE = 24
/** So long somebody looks before what lies beside is loaded, in milliseconds. */
const REST = 150

/** The way through a folder, in the order and with the filter that one came with. */
export interface AssetWalk {
  readonly pages: SparsePages<StripAsset>
  /** What lies beside the asset; undefined: not known yet. */
  readonly neighbours: Neighbours | undefined
  /** Shows another asset. Makes no step in the history: Back always leads to the folder. */
  readonly turn: (id: string | undefined) => void
  /** Back to the folder, where the asset gets the focus. */
  readonly leave: () => void
  /** Where `leave` leads, root-relative. */
  readonly folderHref: string
}

/** Walks through the folder of an asset. */
export function useWalk(asset: AssetDetail): AssetWalk {
  const navigate = useNavigate()
  const { sort = 'name', filter = '' }: AssetSearch = useSearch({ strict: false })
  const { id, parent } = asset
  const walk = useMemo(() => ({ sort, filter }), [sort, filter])
  const pages = useMemo(() => assetsOf(parent ?? ROOT_ID, walk), [parent, walk])
  usePagesVersion(pages)
  useEffect(() => onReturn(() => pages.refresh(0, 1)), [pages])
  const { data } = useQuery(neighboursQuery(id, walk))
  // Who turns over quickly does not wait for what the strip has already.
  const neighbours = data ?? neighboursIn(pages, id)
  useOnLiveChange((change) => {
    const here = neighbours?.before ?? 0
    if (change.kind === 'resync') {
      pages.expire(change.before)
      pages.want(here, here + 1)
    } else if (change.kind === 'folder' && change.folder === parent) {
      pages.refresh(here, here + 1)
      // Of much that changes in a folder at once, the nodes are not told.
      void queryClient.invalidateQueries({ queryKey: ['nodes', id] })
    }
  })
  usePreload(neighbours?.next?.id)
  usePreload(neighbours?.previous?.id)

  const turn = useCallback(
    (to: string | undefined) => {
      if (to === undefined) return
      const search = (before: AssetSearch) => ({ ...before, compare: undefined })
      void navigate({
        to: '/assets/$nodeId',
        params: { nodeId: to },
        search: search as never,
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  const folderHref = folderHrefOf(asset, walk)
  const leave = useCallback(() => {
    const { total } = pages
    if (neighbours !== undefined && total !== undefined) {
      noteLeft({ folder: parent ?? ROOT_ID, fromEnd: total - neighbours.before })
    }
    void navigate({ href: folderHref })
  }, [navigate, pages, neighbours, parent, folderHref])
  return { pages, neighbours, turn, leave, folderHref }
}

/** What lies beside an asset, as far as the strip has loaded both. */
function neighboursIn(pages: SparsePages<StripAsset>, id: string): Neighbours | undefined {
  const { total = 0 } = pages
  for (const { index, item } of pages.loaded()) {
    if (item.id !== id) continue
    const [previous, next] = [pages.at(index - 1) ?? null, pages.at(index + 1) ?? null]
    const isWhole = (previous !== null || index === 0) && (next !== null || index === total - 1)
    return isWhole ? { previous, next, before: index } : undefined
  }
  return undefined
}

function assetsOf(folder: string, { sort, filter }: Walk): SparsePages<StripAsset> {
  return new SparsePages<StripAsset>(
    (offset, limit, signal) =>
      call('GET /api/v1/nodes/:id/children', {
        params: { id: folder },
        query: { sort, filter, kind: 'asset', offset, limit },
        signal,
      }),
    PAGE_SIZE,
  )
}

/** Whoever may not see the folder goes to where their files begin. */
function folderHrefOf({ parent, ancestors }: AssetDetail, { sort, filter }: Walk): string {
  const folder = ancestors.at(-1)?.id === parent ? parent : ROOT_ID
  const search = new URLSearchParams()
  if (sort !== 'name') search.set('sort', sort)
  if (filter !== '') search.set('filter', filter)
  const path = folder === ROOT_ID || folder === null ? '/files' : `/files/${folder}`
  return search.size === 0 ? path : `${path}?${search.toString()}`
}

function usePreload(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return undefined
    const timer = setTimeout(() => void preloadAsset(id), REST)
    return () => clearTimeout(timer)
  }, [id])
}
