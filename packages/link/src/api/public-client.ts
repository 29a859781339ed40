import type { Download, DownloadRequest, ItemSort, ItemsPage, PublicItemDetail } from '@vitrine/api/public'
import { jsonInit, requestJson } from '@vitrine/api/request'
import type { Answer } from '@vitrine/api/request'
import { addressOf } from './address.ts'

/** Which items are asked for, and in which order. */
export interface ItemsQuery {
  /** A folder's id; undefined: the targets. */
  readonly folder: string | undefined
  readonly sort: ItemSort
  /** Part of the name; empty: all. */
  readonly filter: string
}

/** Items [offset, offset + limit) of a folder. */
export async function listItems(
  query: ItemsQuery,
  offset: number,
  limit: number,
  signal?: AbortSignal,
): Promise<ItemsPage> {
  const early = takeEarly(query, offset)
  if (early !== undefined) return early
  const answer = await requestJson<ItemsPage>(
    itemsAddress(query, offset, limit),
    signal === undefined ? {} : { signal },
  )
  return answer.body
}

/** One item with its renditions. */
export async function readItem(id: string): Promise<PublicItemDetail> {
  return (await requestJson<PublicItemDetail>(addressOf(`/items/${id}`))).body
}

/** Queues a download. @param key the same key again gives the same download */
export async function queueDownload(wanted: DownloadRequest, key: string): Promise<Download> {
  return (await requestJson<Download>(addressOf('/downloads'), jsonInit('POST', wanted, { 'idempotency-key': key })))
    .body
}

/** The downloads of this visitor. */
export function listDownloads(): Promise<Answer<{ readonly downloads: readonly Download[] }>> {
  return requestJson(addressOf('/downloads'))
}

/** Ends a download before it is ready. */
export async function cancelDownload(id: string): Promise<void> {
  await requestJson(addressOf(`/downloads/${id}/cancel`), jsonInit('POST', {}))
}

/** Says that someone has looked at the link. */
export async function countOpen(): Promise<void> {
  await requestJson(addressOf('/opens'), jsonInit('POST', {}))
}

/** Address of the checksums of a download. */
export function checksumsAddress(id: string): string {
  return addressOf(`/downloads/${id}/SHA256SUMS`)
}

let early: { readonly query: ItemsQuery; readonly answer: Promise<ItemsPage> } | undefined

/** Sends the first request before the page's code has arrived; {@link listItems} uses its answer once. */
export function listItemsEarly(query: ItemsQuery, limit: number): void {
  const answer = requestJson<ItemsPage>(itemsAddress(query, 0, limit)).then(({ body }) => body)
  // Whoever takes the answer meets the failure; until then it must not count as unhandled.
  answer.catch(() => undefined)
  early = { query, answer }
}

function takeEarly(query: ItemsQuery, offset: number): Promise<ItemsPage> | undefined {
  if (early === undefined || offset !== 0) return undefined
  const { query: asked, answer } = early
  early = undefined
  const isSame = asked.folder === query.folder && asked.sort === query.sort && asked.filter === query.filter
  return isSame ? answer : undefined
}

function itemsAddress(query: ItemsQuery, offset: number, limit: number): string {
  return addressOf('/items', {
    folder: query.folder,
    sort: query.sort,
    filter: query.filter,
    offset: offset === 0 ? undefined : offset,
    limit,
  })
}
