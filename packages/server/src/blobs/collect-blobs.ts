import type { BlobHash } from '@vitrine/domain'
import { batches } from '../batches.ts'
import { inTransaction } from '../db/transaction.ts'
import { liveManifestHashes } from '../downloads/live-manifests.ts'
import type { Parts } from '../parts.ts'
import { withBlobsExclusive } from '../db/blob-lock.ts'
import {
  deleteUnreferenced,
  markUnreferenced,
  takeFileSweep,
  unreferencedBefore,
  withoutRow,
} from './unreferenced-store.ts'

/**
 * How long a blob stays after it was found that no row names it, in ms. Longer than any download takes to be prepared:
 * its manifest may name what was there when it began.
 */
const usualGrace = 24 * 3600_000
/** How often the store is looked through for files without a row, in ms. A process that died may have left some. */
const fileSweepEvery = 24 * 3600_000
/** Blobs that one run removes at most. */
const mostAtATime = 20_000
/** Blobs that are removed while nobody can place any: a fraction of a second. */
const batch = 100
/** Files whose rows are looked for in one query. */
const filesAtATime = 1000

type CollectParts = Pick<Parts, 'db' | 'blobs' | 'clock' | 'log'>

/** What is not usual. */
export interface CollectOptions {
  /** In ms. */
  readonly grace?: number
  /** In ms. */
  readonly fileSweepEvery?: number
}

/**
 * Removes blobs that nothing names: no version, node, rendition, manifest, part of a download, nor an entry of a manifest
 * that can still be downloaded. What is being taken in is safe: it is placed and named under the lock that this waits
 * for, and bytes that come again lose their mark.
 *
 * The row goes first, then the file, both under the lock: a process that dies in between leaves a file without a row, and
 * those are looked for, too.
 */
export async function collectBlobs(
  parts: CollectParts,
  _job: Record<never, never>,
  signal: AbortSignal,
  options: CollectOptions = {},
): Promise<void> {
  const now = parts.clock()
  const before = now - (options.grace ?? usualGrace)
  await markUnreferenced(parts.db, now)
  const candidates = new Set(await unreferencedBefore(parts.db, before, mostAtATime))
  await spareLiveManifests(parts, candidates, signal)
  let removed = 0
  for (const some of batches([...candidates], batch)) {
    signal.throwIfAborted()
    removed += await removeAll(parts, some, before)
  }
  if (removed > 0) parts.log.info({ removed }, 'removed blobs that nothing names')
  const swept = now - (options.fileSweepEvery ?? fileSweepEvery)
  if (await takeFileSweep(parts.db, swept, now)) await removeFilesWithoutRow(parts, signal)
}

/** Takes out what manifests name that can still be downloaded. */
async function spareLiveManifests(parts: CollectParts, candidates: Set<BlobHash>, signal: AbortSignal): Promise<void> {
  if (candidates.size === 0) return
  const byBytes = new Map([...candidates].map((hash) => [Buffer.from(hash, 'hex').toString('latin1'), hash]))
  for await (const hashes of liveManifestHashes(parts)) {
    signal.throwIfAborted()
    const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength)
    for (let at = 0; at < bytes.length; at += 32) {
      const named = byBytes.get(bytes.toString('latin1', at, at + 32))
      if (named !== undefined) candidates.delete(named)
    }
  }
}

function removeAll(parts: CollectParts, some: readonly BlobHash[], before: number): Promise<number> {
  return withBlobsExclusive(parts.db, async (connection) => {
    const gone = await inTransaction(connection, (tx) => deleteUnreferenced(tx, some, before))
    for (const hash of gone) await parts.blobs.remove(hash)
    return gone.length
  })
}

async function removeFilesWithoutRow(parts: CollectParts, signal: AbortSignal): Promise<void> {
  let removed = 0
  let some: BlobHash[] = []
  for await (const hash of parts.blobs.list()) {
    signal.throwIfAborted()
    some.push(hash)
    if (some.length < filesAtATime) continue
    removed += await removeWithoutRow(parts, some)
    some = []
  }
  removed += await removeWithoutRow(parts, some)
  if (removed > 0) parts.log.info({ removed }, 'removed files that no row names')
}

/** Looks twice: first without the lock, since usually there is none. */
async function removeWithoutRow(parts: CollectParts, some: readonly BlobHash[]): Promise<number> {
  const suspects = await withoutRow(parts.db, some)
  if (suspects.length === 0) return 0
  return withBlobsExclusive(parts.db, async (connection) => {
    const gone = await withoutRow(connection, suspects)
    for (const hash of gone) await parts.blobs.remove(hash)
    return gone.length
  })
}
