import { useSyncExternalStore } from 'react'
import type { Download, DownloadRequest } from '@vitrine/api/public'
import { isPending } from '@vitrine/downloads/is-pending.ts'
import { newDownloadKey } from '@vitrine/downloads/new-download-key.ts'
import { cancelDownload, listDownloads, queueDownload } from '../api/public-client.ts'
import { token } from '../api/address.ts'

/** What the Download Inbox shows. */
export interface InboxState {
  /** Newest first; undefined until it is known. */
  readonly downloads: readonly Download[] | undefined
  readonly isRefreshing: boolean
  /** Why the last refresh brought nothing. */
  readonly failure: unknown
}

/** Pauses between two looks at what is not ready, in milliseconds. */
const PAUSE = { first: 1000, last: 10_000, growth: 1.6 }
const REQUESTS = 'vitrine.requests'

let state: InboxState = { downloads: undefined, isRefreshing: false, failure: undefined }
let pause = PAUSE.first
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** The inbox; renders again when it changes. */
export function useInbox(): InboxState {
  return useSyncExternalStore(listen, () => state)
}

/** Asks the server for the visitor's downloads, and goes on asking while one is not ready. */
export async function refreshInbox(): Promise<void> {
  clearTimeout(timer)
  change({ isRefreshing: true })
  let retryAfter: number | undefined
  try {
    const answer = await listDownloads()
    retryAfter = answer.retryAfter
    change({ downloads: newestFirst(answer.body.downloads), isRefreshing: false, failure: undefined })
  } catch (failure) {
    change({ isRefreshing: false, failure })
  }
  askAgain(retryAfter)
}

/** Queues a download and puts it into the inbox. @throws RequestFailure */
export async function queue(wanted: DownloadRequest): Promise<Download> {
  const download = await queueDownload(wanted, newDownloadKey())
  rememberRequest(download.id, wanted)
  change({ downloads: newestFirst([download, ...(state.downloads ?? []).filter(({ id }) => id !== download.id)]) })
  pause = PAUSE.first
  askAgain(undefined)
  return download
}

/** Ends a download that is not ready yet. @throws RequestFailure */
export async function cancel(id: string): Promise<void> {
  await cancelDownload(id)
  await refreshInbox()
}

/** What was asked for when the download was queued in this browser. */
export function requestOf(id: string): DownloadRequest | undefined {
  return readRequests()[id]
}

function askAgain(retryAfter: number | undefined): void {
  clearTimeout(timer)
  if (document.visibilityState !== 'visible' || !(state.downloads ?? []).some(isPending)) return
  timer = setTimeout(() => void refreshInbox(), Math.max(pause, retryAfter ?? 0))
  pause = Math.min(PAUSE.last, pause * PAUSE.growth)
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible' || !(state.downloads ?? []).some(isPending)) return
  pause = PAUSE.first
  void refreshInbox()
})

function change(part: Partial<InboxState>): void {
  state = { ...state, ...part }
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function newestFirst(downloads: readonly Download[]): readonly Download[] {
  return [...downloads].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
}

/** Kept so that a download can be queued again: the newest fifty of this link. */
function rememberRequest(id: string, wanted: DownloadRequest): void {
  const newest = Object.entries({ ...readRequests(), [id]: wanted }).slice(-50)
  try {
    localStorage.setItem(requestsKey(), JSON.stringify(Object.fromEntries(newest)))
  } catch {
    // Forbidden or full: "queue again" is then not offered.
  }
}

function readRequests(): Record<string, DownloadRequest> {
  try {
    return (JSON.parse(localStorage.getItem(requestsKey()) ?? '{}') ?? {}) as Record<string, DownloadRequest>
  } catch {
    return {}
  }
}

/** The link's public half: the secret one is not written down. */
function requestsKey(): string {
  return `${REQUESTS}.${token.split('.')[0] ?? ''}`
}
