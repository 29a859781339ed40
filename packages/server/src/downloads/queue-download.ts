import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { archiveName, type DownloadId, type VisitorId, VitrineError } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import type { StoredDownload, WantedContents } from './download.ts'
import {
  countWaiting,
  insertDownload,
  markReady,
  type NewDownload,
  selectByKey,
  selectDownload,
} from './download-store.ts'
import { freezeManifest, type FrozenDownload } from './freeze-manifest.ts'
import { discardFrozen, keepDownload, readyFacts } from './keep-download.ts'
import { RenditionMissingError } from './manifest-builder.ts'
import { selectionOf, titleOf } from './read-wish.ts'
import { hasOwnRights, measureSelection } from './selection-store.ts'
import type { Selection } from './walk-selection.ts'

type Needed = Pick<Parts, 'db' | 'blobs' | 'config' | 'clock' | 'queue'>

/** Files that are frozen while the visitor waits for the answer: they take half a second. */
const mostAtOnce = 20_000
/** Downloads that may wait to be prepared at a time: of one visitor, and of one link. */
const mostWaiting = { own: 20, all: 200 }

/** What is to be queued, for whom. */
export interface QueueWish {
  readonly link: OpenLink
  readonly visitor: VisitorId
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
  const selection = await selectionOf(parts, wish.link, wish.wanted)
  const isSmall = await examine(parts, wish, selection)
  const title = await titleOf(parts, wish.link, selection)
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
  const { link, visitor, wanted, idempotencyKey } = wish
  if (idempotencyKey === undefined) return undefined
  const found = await selectByKey(parts.db, link.shareLink.id, visitor, idempotencyKey)
  if (!found || isDeepStrictEqual(found.wanted, wanted)) return found
  throw new VitrineError('request/invalid', 'This Idempotency-Key was used for another request.')
}

/**
 * Whether the selection is small enough to be frozen at once.
 *
 * @throws {VitrineError} `download/empty`; `download/over-limit` when that can be told before anything is made
 */
async function examine(parts: Needed, { link, wanted }: QueueWish, { roots, except }: Selection): Promise<boolean> {
  const { contents } = link.view
  const filesEach = (wanted.originals ? 1 : 0) + wanted.renditions.length
  const most = Math.floor(mostAtOnce / filesEach)
  const { assets } = await measureSelection(parts.db, contents, { roots, except }, most + 1)
  if (assets === 0) throw empty()
  if (assets <= most) return true
  const limit = parts.config.downloadLimit
  // Where rights differ below the roots, only walking through tells: the job will.
  if (wanted.originals && limit !== undefined && !(await hasOwnRights(parts.db, roots))) {
    const { bytes } = await measureSelection(parts.db, contents, { roots, except }, Number.MAX_SAFE_INTEGER)
    if (bytes > limit) throw overLimit(parts, bytes)
  }
  return false
}

/** Freezes while the visitor waits; undefined when a rendition must be made first. */
async function freezeNow(parts: Needed, wish: QueueWish, selection: Selection): Promise<FrozenDownload | undefined> {
  const { wanted, link } = wish
  const frozen = await freezeManifest(parts, { view: link.view, selection, wanted }).catch((error: unknown) => {
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
    shareLink: wish.link.shareLink.id,
    generation: wish.link.shareLink.generation,
    visitor: wish.visitor,
    member: wish.link.member,
    idempotencyKey: wish.idempotencyKey,
    name: archiveName(title),
    wanted: wish.wanted,
    createdAt: now,
    expiresAt: now + parts.config.downloadRetention,
  }
}

function keepReady(
  parts: Needed,
  { link }: QueueWish,
  download: Omit<NewDownload, 'state'>,
  frozen: FrozenDownload,
  title: string,
): Promise<boolean> {
  const facts = readyFacts(frozen, title, download.name, { epoch: link.epoch, now: parts.clock() })
  return keepDownload(
    parts,
    frozen,
    async (tx) =>
      (await insertDownload(tx, { ...download, state: 'queued' })) &&
      (await markReady(tx, download.id, ['queued'], facts)),
  )
}

async function enqueue(parts: Needed, wish: QueueWish, download: Omit<NewDownload, 'state'>): Promise<boolean> {
  const waiting = await countWaiting(parts.db, download.shareLink, wish.visitor)
  if (waiting.own >= mostWaiting.own || waiting.all >= mostWaiting.all) {
    throw new VitrineError('request/too-many', 'Too many downloads are being prepared. Please wait for one of them.', {
      retryAfter: 30,
    })
  }
  return inTransaction(parts.db, async (tx) => {
    if (!(await insertDownload(tx, { ...download, state: 'queued' }))) return false
    await parts.queue.enqueue(tx, 'prepare-download', { download: download.id }, { onlyOne: download.id })
    return true
  })
}
