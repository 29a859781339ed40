import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { archiveName, type DownloadId, VitrineError } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { announceDownload } from './announce-download.ts'
import type { DownloadOwner, StoredDownload, WantedContents } from './download.ts'
import {
  countWaiting,
  insertDownload,
  markReady,
  type NewDownload,
  selectByKey,
  selectDownload,
} from './download-store.ts'
import { freezeManifest, type FrozenDownload } from './freeze-manifest.ts'
import type { Giver } from './giver.ts'
import { discardFrozen, keepDownload, readyFacts } from './keep-download.ts'
import { RenditionMissingError } from './manifest-builder.ts'
import { selectionOf, titleOf } from './read-wish.ts'
import { hasOwnRights, measureSelection, type Selection } from './selection-store.ts'
import { sizeUp } from './size-up.ts'

type Needed = Pick<Parts, 'db' | 'blobs' | 'config' | 'clock' | 'queue'>

/** Downloads that may wait to be prepared at a time: of one owner, and of one link. */
const mostWaiting = { own: 20, all: 200 }

/** What is to be queued, for whom. */
export interface QueueWish {
  readonly giver: Giver
  readonly owner: DownloadOwner
  readonly wanted: WantedContents
  /** Sent again with the same key, a wish answers the same download. */
  readonly idempotencyKey: string | undefined
}

/**
 * Queues a download. When there is nothing to make and not too much to write down, it is ready in the answer.
 *
 * @throws {VitrineError} `download/empty`, `download/over-limit`, `download/originals-not-allowed`, `request/too-many`,
 *   `request/invalid` when the key was used for something else
 */
export async function queueDownload(parts: Needed, wish: QueueWish): Promise<StoredDownload> {
  const before = await queuedBefore(parts, wish)
  if (before) return before
  const selection = await selectionOf(parts, wish.giver, wish.wanted)
  const isSmall = await examine(parts, wish, selection)
  const title = await titleOf(parts, wish.giver, selection)
  const id = randomBytes(16).toString('base64url') as DownloadId
  const frozen = isSmall ? await freezeNow(parts, wish, selection) : undefined
  const isInserted = frozen
    ? await keepReady(parts, wish, newDownload(parts, wish, id, title), frozen, title)
    : await enqueue(parts, wish, newDownload(parts, wish, id, title))
  const download = isInserted ? await selectDownload(parts.db, id) : await queuedBefore(parts, wish)
  if (!download) throw new Error('a download is gone that was queued just now')
  return download
}

async function queuedBefore(parts: Needed, wish: QueueWish): Promise<StoredDownload | undefined> {
  const { owner, wanted, idempotencyKey } = wish
  if (idempotencyKey === undefined) return undefined
  const found = await selectByKey(parts.db, owner, idempotencyKey)
  if (!found || isDeepStrictEqual(found.wanted, wanted)) return found
  throw new VitrineError('request/invalid', 'This Idempotency-Key was used for another request.')
}

/**
 * Whether the selection is small enough to be frozen at once.
 *
 * @throws {VitrineError} `download/empty`; `download/over-limit` when that can be told before anything is made
 */
async function examine(parts: Needed, { giver, wanted }: QueueWish, selection: Selection): Promise<boolean> {
  const { assets, isSmall } = await sizeUp(parts, giver, wanted, selection)
  if (assets === 0) throw empty()
  if (isSmall) return true
  const limit = parts.config.downloadLimit
  // Where rights differ below the roots, only walking through tells: the job will.
  if (wanted.originals && limit !== undefined && !(await hasOwnRights(parts.db, selection.roots))) {
    const { bytes } = await measureSelection(parts.db, giver.contents, selection, Number.MAX_SAFE_INTEGER)
    if (bytes > limit) throw overLimit(parts, bytes)
  }
  return false
}

/** Freezes while somebody waits; undefined when a rendition must be made first. */
async function freezeNow(parts: Needed, wish: QueueWish, selection: Selection): Promise<FrozenDownload | undefined> {
  const { wanted, giver } = wish
  const frozen = await freezeManifest(parts, { giver, selection, wanted }).catch((error: unknown) => {
    if (error instanceof RenditionMissingError) return undefined
    throw error
  })
  if (!frozen) return undefined
  const refusal = refusalOf(parts, frozen)
  if (!refusal) return frozen
  await discardFrozen(parts, frozen)
  throw refusal
}

/** Why a frozen download cannot be given, if it cannot. */
export function refusalOf(parts: Pick<Parts, 'config'>, frozen: FrozenDownload): VitrineError | undefined {
  const { contents, size } = frozen
  if (contents.kind === 'nothing' && contents.forWantOfRights) {
    return new VitrineError('download/originals-not-allowed', 'Nothing in this selection may be downloaded like this.')
  }
  if (contents.kind === 'nothing') return empty()
  const limit = parts.config.downloadLimit
  return limit !== undefined && size > limit ? overLimit(parts, size) : undefined
}

function empty(): VitrineError {
  return new VitrineError('download/empty', 'There is nothing to download in this selection.')
}

function overLimit({ config }: Pick<Parts, 'config'>, size: number): VitrineError {
  return new VitrineError('download/over-limit', 'This is more than may be downloaded at once.', {
    limit: config.downloadLimit,
    size,
    contact: config.downloadContact,
  })
}

function newDownload(parts: Needed, wish: QueueWish, id: DownloadId, title: string): Omit<NewDownload, 'state'> {
  const now = parts.clock()
  return {
    id,
    owner: wish.owner,
    idempotencyKey: wish.idempotencyKey,
    name: archiveName(title),
    wanted: wish.wanted,
    createdAt: now,
    expiresAt: now + parts.config.downloadRetention,
  }
}

function keepReady(
  parts: Needed,
  { giver }: QueueWish,
  download: Omit<NewDownload, 'state'>,
  frozen: FrozenDownload,
  title: string,
): Promise<boolean> {
  const facts = readyFacts(frozen, title, download.name, { epoch: giver.epoch, now: parts.clock() })
  return keepDownload(parts, frozen, async (tx) => {
    if (!(await insertDownload(tx, { ...download, state: 'queued' }))) return false
    await announceDownload(tx, download.owner)
    return markReady(tx, download.id, ['queued'], facts)
  })
}

async function enqueue(parts: Needed, wish: QueueWish, download: Omit<NewDownload, 'state'>): Promise<boolean> {
  const waiting = await countWaiting(parts.db, wish.owner)
  if (waiting.own >= mostWaiting.own || waiting.all >= mostWaiting.all) {
    throw new VitrineError('request/too-many', 'Too many downloads are being prepared. Please wait for one of them.', {
      retryAfter: 30,
    })
  }
  return inTransaction(parts.db, async (tx) => {
    if (!(await insertDownload(tx, { ...download, state: 'queued' }))) return false
    await announceDownload(tx, download.owner)
    await parts.queue.enqueue(tx, 'prepare-download', { download: download.id }, { onlyOne: download.id })
    return true
  })
}
