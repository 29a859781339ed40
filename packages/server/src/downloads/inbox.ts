import type { VisitorId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { countWithdrawn } from './check-contents.ts'
import type { StoredDownload, StoredPart } from './download.ts'
import { selectDownload, selectDownloadsOf, selectParts } from './download-store.ts'

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

/** The downloads of a visitor, the newest first. */
export async function listInbox(parts: Needed, link: OpenLink, visitor: VisitorId): Promise<InboxEntry[]> {
  const { id, generation } = link.shareLink
  const all = await selectDownloadsOf(parts.db, id, visitor, mostShown)
  const own = all.filter((download) => download.generation === generation)
  const downloads = await Promise.all(own.map((download) => lookAgain(parts, link, download)))
  const ready = downloads.filter(({ state }) => state === 'ready')
  const files = await selectParts(
    parts.db,
    ready.map(({ id }) => id),
  )
  return downloads.map((download) => ({ download, files: files.get(download.id) ?? [] }))
}

/** The download as it is after a look whether everything in it may still be given, where that may have changed. */
export async function lookAgain(parts: Needed, link: OpenLink, download: StoredDownload): Promise<StoredDownload> {
  if (download.state !== 'ready' || download.checkedEpoch >= link.epoch) return download
  const looking = countWithdrawn(parts, link, download).catch((error: unknown) => {
    parts.log.warn({ err: error }, 'could not look whether a download may still be given')
    return 0
  })
  const withdrawn = await Promise.race([looking, soon()])
  return withdrawn > 0 ? ((await selectDownload(parts.db, download.id)) ?? download) : download
}

function soon(): Promise<number> {
  return new Promise((resolve) => setTimeout(resolve, longestLook, 0).unref())
}
