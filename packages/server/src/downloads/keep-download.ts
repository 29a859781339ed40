import { partName } from '@vitrine/domain'
import { insertBlobs } from '../blobs/blob-facts-store.ts'
import type { StagedBlob } from '../blobs/blob-store.ts'
import { etagOfBlob } from '../blobs/blob-hash.ts'
import { withBlobsShared } from '../db/blob-lock.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { StoredPart } from './download.ts'
import type { ReadyFacts } from './download-store.ts'
import type { FrozenDownload } from './freeze-manifest.ts'

/** Names that a download's row keeps of what was left out; its archive has more. */
const mostSkippedKept = 1000

/** What a frozen download is, to be recorded. */
export function readyFacts(
  frozen: FrozenDownload,
  title: string,
  archive: string,
  at: { readonly epoch: number; readonly now: number },
): ReadyFacts {
  const parts = partsOf(frozen, title)
  const { contents } = frozen
  return {
    name: contents.kind === 'plain' ? contents.file.name : archive,
    entries: frozen.files,
    size: frozen.size,
    skipped: frozen.skipped.slice(0, mostSkippedKept),
    manifest: contents.kind === 'archives' ? contents.manifest.sha256 : null,
    checkedEpoch: at.epoch,
    parts,
    readyAt: at.now,
  }
}

function partsOf({ contents }: FrozenDownload, title: string): StoredPart[] {
  if (contents.kind === 'nothing') return []
  if (contents.kind === 'plain') {
    const { name, mediaType, size, blob, node, grant } = contents.file
    const etag = etagOfBlob(blob)
    return [{ number: 1, name, mediaType, size, etag, plain: { blob, node, grant } }]
  }
  return contents.parts.map(({ number, byteLength, etag }) => ({
    number,
    name: partName(title, number, contents.parts.length),
    mediaType: 'application/zip',
    size: byteLength,
    etag,
    plain: null,
  }))
}

/**
 * Places what was staged for a download, and names it by rows, while the collector of blobs waits.
 *
 * @param record writes the download's rows; answers whether it did
 */
export async function keepDownload(
  parts: Pick<Parts, 'db' | 'blobs' | 'clock'>,
  { contents }: FrozenDownload,
  record: (tx: Transaction) => Promise<boolean>,
): Promise<boolean> {
  const staged = stagedOf(contents)
  if (staged.length === 0) return inTransaction(parts.db, record)
  return withBlobsShared(parts.db, async (connection) => {
    await parts.blobs.place(staged)
    return inTransaction(connection, async (tx) => {
      await insertBlobs(tx, staged, parts.clock())
      return record(tx)
    })
  })
}

/** Removes what was staged for a download that is not to be kept. */
export function discardFrozen(parts: Pick<Parts, 'blobs'>, { contents }: FrozenDownload): Promise<void> {
  return parts.blobs.discard(stagedOf(contents))
}

function stagedOf(contents: FrozenDownload['contents']): StagedBlob[] {
  if (contents.kind !== 'archives') return []
  const { manifest, notIncluded } = contents
  return notIncluded ? [notIncluded, manifest] : [manifest]
}
