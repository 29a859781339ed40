import type { Download } from '@vitrine/api/public'
import type { Parts } from '../parts.ts'
import type { StoredDownload, StoredPart } from './download.ts'
import { endOf, stateOf } from './find-download.ts'
import type { Giver } from './giver.ts'
import { partUrl } from './part-capability.ts'

/** A download as its owner sees it. */
export function presentDownload(
  parts: Pick<Parts, 'keys' | 'clock' | 'config'>,
  giver: Giver,
  download: StoredDownload,
  files: readonly StoredPart[],
): Download {
  const state = stateOf(parts, giver, download)
  return {
    id: download.id,
    name: download.name,
    state,
    entries: download.entries,
    size: download.size,
    progress: { done: download.progress.done, total: download.progress.total },
    parts: state === 'ready' ? files.map((part) => presentPart(parts, download, part)) : [],
    skipped: download.skipped.map(({ name, reason }) => ({ name, reason })),
    createdAt: new Date(download.createdAt).toISOString(),
    expiresAt: new Date(endOf(parts, giver, download)).toISOString(),
  }
}

function presentPart(
  { keys }: Pick<Parts, 'keys'>,
  { id, owner }: StoredDownload,
  { number, name, mediaType, size, etag }: StoredPart,
): Download['parts'][number] {
  return { number, name, mediaType, size, etag, url: partUrl(keys, { download: id, number, owner }) }
}

/** How long to wait before asking again, in s, for a download that is not ready: the longer it takes, the longer. */
export function retryAfter({ clock }: Pick<Parts, 'clock'>, download: StoredDownload): number | undefined {
  if (download.state !== 'queued' && download.state !== 'preparing') return undefined
  return Math.min(10, Math.max(1, Math.round((clock() - download.createdAt) / 10_000)))
}
