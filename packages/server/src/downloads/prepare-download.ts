import { type BlobHash, hasRenditions, VitrineError } from '@vitrine/domain'
import { bytesOfHash, hashOfBytes } from '../blobs/blob-hash.ts'
import { inTransaction } from '../db/transaction.ts'
import type { JobKinds } from '../jobs/job-kinds.ts'
import type { Parts } from '../parts.ts'
import { raisePriority } from '../renditions/raise-priority.ts'
import { requestRenditions } from '../renditions/request-renditions.ts'
import { announceDownload } from './announce-download.ts'
import type { SkippedFile, StoredDownload } from './download.ts'
import { markReady, recordFailure, recordProgress, selectDownload } from './download-store.ts'
import { freezeManifest } from './freeze-manifest.ts'
import { type GivenDownload, type Giver, reopenGiver } from './giver.ts'
import { discardFrozen, keepDownload, readyFacts } from './keep-download.ts'
import { RenditionMissingError } from './manifest-builder.ts'
import { refusalOf } from './queue-download.ts'
import { selectionOf, titleOf } from './read-wish.ts'
import { type Selection, selectRenditionsOf } from './selection-store.ts'
import { type AssetStep, walkSelection } from './walk-selection.ts'

/** What preparing a download needs. */
export type PrepareParts = Pick<Parts, 'db' | 'blobs' | 'config' | 'clock' | 'queue' | 'keys' | 'log'>

/** Time between two looks at renditions that are waited for, in ms; more when a look takes long. */
const shortestWait = 500
const longestWait = 10_000
/** How often progress is recorded, in ms. */
const progressEvery = 500

/** The download was cancelled, or has ended otherwise, while it was being prepared. */
class NoLongerWantedError extends Error {
  override readonly name = 'NoLongerWantedError'
}

/**
 * Prepares a download that was not ready when it was queued: sees to it that its renditions are made, and freezes it.
 *
 * Comes back later while renditions are missing. Does nothing when the download is ready or has ended.
 */
export async function prepareDownload(
  parts: PrepareParts,
  { download: id }: JobKinds['prepare-download'],
  signal: AbortSignal,
): Promise<void> {
  const download = await selectDownload(parts.db, id)
  if (!download || (download.state !== 'queued' && download.state !== 'preparing')) return
  try {
    const giver = await reopenGiver(parts, download.owner)
    await prepare(parts, { giver, download }, signal)
  } catch (error) {
    if (error instanceof NoLongerWantedError) return
    if (error instanceof RenditionMissingError) return comeBack(parts, download, shortestWait)
    if (!isFinal(error)) throw error
    await fail(parts, download, error.message)
  }
}

async function fail(
  parts: Pick<Parts, 'db'>,
  { id, owner }: StoredDownload,
  failure: string,
  skipped: readonly SkippedFile[] = [],
): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    await recordFailure(tx, id, failure, skipped)
    await announceDownload(tx, owner)
  })
}

/** Failures that another attempt would meet again. A suspended link may come back: that is tried again. */
function isFinal(error: unknown): error is VitrineError {
  if (!(error instanceof VitrineError)) return false
  return (
    error.code.startsWith('download/') ||
    ['share-link/not-found', 'share-link/revoked', 'share-link/members-only'].includes(error.code)
  )
}

async function prepare(parts: PrepareParts, given: GivenDownload, signal: AbortSignal): Promise<void> {
  const { giver, download } = given
  const selection = await selectionOf(parts, giver, download.wanted)
  if (download.wanted.renditions.length > 0) {
    const startedAt = performance.now()
    const { missing, total } = await surveyRenditions(parts, giver, download, selection)
    if (missing > 0) {
      await progress(parts, download, total - missing, total)
      // A look at many assets takes its time: at most a fifth of it is spent on looking.
      return comeBack(parts, download, Math.max(shortestWait, (performance.now() - startedAt) * 4))
    }
  }
  await freeze(parts, given, selection, signal)
}

async function freeze(
  parts: PrepareParts,
  { giver, download }: GivenDownload,
  selection: Selection,
  signal: AbortSignal,
): Promise<void> {
  let recordedAt = performance.now()
  const onProgress = async (files: number) => {
    signal.throwIfAborted()
    if (performance.now() - recordedAt < progressEvery) return
    await progress(parts, download, files, Math.max(files, download.progress.total))
    recordedAt = performance.now()
  }
  await progress(parts, download, 0, download.progress.total)
  const { wanted } = download
  const frozen = await freezeManifest(parts, { giver, selection, wanted, onProgress })
  const refusal = refusalOf(parts, frozen)
  if (refusal) {
    await discardFrozen(parts, frozen)
    return fail(parts, download, refusal.message, frozen.skipped.slice(0, 1000))
  }
  const title = await titleOf(parts, giver, selection)
  const facts = readyFacts(frozen, title, download.name, { epoch: giver.epoch, now: parts.clock() })
  await keepDownload(parts, frozen, async (tx) => {
    await announceDownload(tx, download.owner)
    return markReady(tx, download.id, ['queued', 'preparing'], facts)
  })
}

async function progress(
  parts: PrepareParts,
  { id, owner }: StoredDownload,
  done: number,
  total: number,
): Promise<void> {
  const isWanted = await inTransaction(parts.db, async (tx) => {
    await announceDownload(tx, owner)
    return recordProgress(tx, id, done, total)
  })
  if (!isWanted) throw new NoLongerWantedError()
}

/** Queues the job again, and lets others run meanwhile. */
async function comeBack(parts: PrepareParts, { id }: StoredDownload, delay: number): Promise<void> {
  await inTransaction(parts.db, (tx) =>
    parts.queue.enqueue(tx, 'prepare-download', { download: id }, { onlyOne: id, delay: Math.min(delay, longestWait) }),
  )
}

/** How many of the renditions that a download needs are missing, and sees to it that they are made soon. */
async function surveyRenditions(
  parts: PrepareParts,
  giver: Giver,
  { wanted, progress: before }: StoredDownload,
  selection: Selection,
): Promise<{ readonly missing: number; readonly total: number }> {
  let missing = 0
  let total = 0
  const isFirstLook = before.total === 0
  await inTransaction(
    parts.db,
    async (tx) => {
      missing = 0
      total = 0
      for await (const steps of walkSelection(tx, giver, selection)) {
        const assets = steps.filter((step): step is AssetStep => step.kind === 'asset' && step.offer.renditions)
        const sources = sourcesOf(assets)
        const made = await selectRenditionsOf(tx, [...sources.keys()].map(bytesOfHash), wanted.renditions)
        const settled = made.filter(({ state }) => state !== 'queued').length
        total += sources.size * wanted.renditions.length
        missing += sources.size * wanted.renditions.length - settled
        if (isFirstLook) await hurry(parts, sources)
      }
    },
    { isolation: 'repeatable read', readOnly: true },
  )
  return { missing, total }
}

/** The contents of which there are renditions, or will be, with their types; each once. */
function sourcesOf(assets: readonly AssetStep[]): ReadonlyMap<BlobHash, string> {
  const pictures = assets.filter(({ mediaType }) => hasRenditions(mediaType))
  return new Map(pictures.map(({ key, mediaType }) => [hashOfBytes(key.subarray(16)), mediaType]))
}

async function hurry(parts: PrepareParts, sources: ReadonlyMap<BlobHash, string>): Promise<void> {
  if (sources.size === 0) return
  const asked = [...sources].map(([sha256, mediaType]) => ({ sha256, mediaType }))
  await inTransaction(parts.db, (tx) => requestRenditions(tx, parts, asked))
  await raisePriority(parts, [...sources.keys()])
}
