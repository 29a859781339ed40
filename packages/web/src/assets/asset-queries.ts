import { queryOptions } from '@tanstack/react-query'
import type { ItemSort } from '@vitrine/api/public'
import { isBeingMade, largestRendition } from '@vitrine/ui/preview/largest-rendition.ts'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { nodeQuery } from '../files/node-query.ts'

/** An asset with all that its page shows of it. */
export type AssetDetail = AnswerOf<'GET /api/v1/nodes/:id'>
/** A rendition of a version. */
export type Rendition = AnswerOf<'GET /api/v1/nodes/:id/renditions'>['items'][number]
/** One state of an asset's original. */
export type Version = AnswerOf<'GET /api/v1/nodes/:id/versions'>['items'][number]
/** What lies before and after an asset. */
export type Neighbours = AnswerOf<'GET /api/v1/nodes/:id/neighbours'>

/** The order and the filter in which a folder is walked through. */
export interface Walk {
  readonly sort: ItemSort
  /** Empty: all. */
  readonly filter: string
}

/** Pauses between two looks at a rendition that is being made, in milliseconds. */
const PAUSE = { first: 1500, last: 10_000, growth: 1.5 }

/** Asks for the renditions of a version; while its preview is being made, again with growing pauses. */
export const renditionsQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: ['nodes', id, 'renditions', version],
    queryFn: ({ signal }) =>
      call('GET /api/v1/nodes/:id/versions/:version/renditions', { params: { id, version }, signal }),
    refetchInterval: ({ state }) =>
      isBeingMade(state.data?.items ?? [])
        ? Math.min(PAUSE.last, PAUSE.first * PAUSE.growth ** (state.dataUpdateCount - 1))
        : false,
  })

/** Asks for the versions of an asset. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['nodes', id, 'versions'],
    queryFn: ({ signal }) => call('GET /api/v1/nodes/:id/versions', { params: { id }, signal }),
  })

/** Asks what lies before and after an asset. */
export const neighboursQuery = (id: string, { sort, filter }: Walk) =>
  queryOptions({
    queryKey: ['nodes', id, 'neighbours', sort, filter],
    queryFn: ({ signal }) =>
      call('GET /api/v1/nodes/:id/neighbours', { params: { id }, query: { sort, filter }, signal }),
  })

/** Links that are listed at most. */
const MOST_LINKS = 100

/** Asks which links show an asset. @param all everybody's, not only one's own */
export const coveringLinksQuery = (id: string, all: boolean) =>
  queryOptions({
    queryKey: ['nodes', id, 'share-links', all],
    queryFn: ({ signal }) =>
      call('GET /api/v1/share-links', {
        query: { covers: id, limit: MOST_LINKS, ...(all ? { all: 'true' } : {}) },
        signal,
      }),
  })

/** Loads an asset and its image before someone turns to it. */
export async function preloadAsset(id: string): Promise<void> {
  try {
    const asset = await queryClient.fetchQuery(nodeQuery(id))
    if (asset.version === undefined) return
    const { items } = await queryClient.fetchQuery(renditionsQuery(id, asset.version))
    const image = largestRendition({ ...asset, renditions: items })
    if (image !== undefined) new Image().src = image.url
  } catch {
    // It is asked for again, and its failure shown, when someone turns to it.
  }
}
