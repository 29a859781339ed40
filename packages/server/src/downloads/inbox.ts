import { isDeepStrictEqual } from 'node:util'
import type { Parts } from '../parts.ts'
import { countWithdrawn } from './check-contents.ts'
import type { DownloadOwner, StoredDownload, StoredPart } from './download.ts'
import { selectDownload, selectDownloadsOf, selectParts } from './download-store.ts'
import type { Giver } from './giver.ts'

type Needed = Pick<Parts, 'db' | 'blobs' | 'log'>

/** Downloads that an inbox shows, the newest. */
const mostShown = 200
/** How long an inbox waits for a look at the contents of large downloads, in ms. The next time it is done. */
const longestLook = 1000

/** A download in an inbox, with its parts. */
export interface InboxEntry {
  readonly download: StoredDownload
  readonly files: readonly StoredPart[]
}

/** The downloads of an owner, the newest first. */
export async function listInbox(parts: Needed, giver: Giver, owner: DownloadOwner): Promise<InboxEntry[]> {
  const all = await selectDownloadsOf(parts.db, owner, mostShown)
  // What was queued for an older generation of the link is void.
  const own = all.filter((download) => isDeepStrictEqual(download.owner, owner))
  const downloads = await Promise.all(own.map((download) => lookAgain(parts, giver, download)))
  const ready = downloads.filter(({ state }) => state === 'ready')
  const files = await selectParts(
    parts.db,
    ready.map(({ id }) => id),
  )
  return downloads.map((download) => ({ download, files: files.get(download.id) ?? [] }))
}

/** The download as it is after a look whether everything in it may still be given, where that may have changed. */
export async function lookAgain(parts: Needed, giver: Giver, download: StoredDownload): Promise<StoredDownload> {
  if (download.state !== 'ready' || download.checkedEpoch >= giver.epoch) return download
  const looking = countWithdrawn(parts, giver, download).catch((error: unknown) => {
    parts.log.warn({ err: error }, 'could not look whether a download may still be given')
    return 0
  })
  const withdrawn = await Promise.race([looking, soon()])
  return withdrawn > 0 ? ((await selectDownload(parts.db, download.id)) ?? download) : download
}

function soon(): Promise<number> {
  return new Promise((resolve) => setTimeout(resolve, longestLook, 0).unref())
}
