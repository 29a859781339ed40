import { Readable } from 'node:stream'
import type { BlobHash } from '@vitrine/domain'
import { insertBlobs } from '../blobs/blob-facts-store.ts'
import { withBlobsShared } from '../db/blob-lock.ts'
import type { BlobFacts } from '../blobs/blob-store.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { insertQueued, type Renditions } from './rendition-store.ts'
import { renditionsOf } from './renditions-of.ts'
import { requestRenditions } from './request-renditions.ts'

/** For tests: what storing a picture needs. */
export type StoringParts = Pick<Parts, 'db' | 'blobs' | 'queue' | 'clock'>

/** For tests: takes bytes in as an upload does, and asks for their renditions in the same transaction. */
export function storePicture(parts: StoringParts, ...pictures: readonly Uint8Array[]): Promise<BlobHash[]> {
  return store(parts, pictures, (tx, blobs) => requestRenditions(tx, parts, blobs))
}

/** For tests: the same, but the job was lost. */
export function storeWithoutJob(parts: StoringParts, picture: Uint8Array): Promise<BlobHash[]> {
  return store(parts, [picture], async (tx, [blob]) => {
    if (blob) await insertQueued(tx, [blob.sha256], parts.clock())
  })
}

async function store(
  parts: StoringParts,
  pictures: readonly Uint8Array[],
  alsoDo: (tx: Transaction, blobs: readonly BlobFacts[]) => Promise<void>,
): Promise<BlobHash[]> {
  const staged = await Promise.all(
    pictures.map((bytes) => parts.blobs.stage({ kind: 'stream', chunks: Readable.from([bytes]) })),
  )
  await withBlobsShared(parts.db, async (connection) => {
    await parts.blobs.place(staged)
    await inTransaction(connection, async (tx) => {
      await insertBlobs(tx, staged, parts.clock())
      await alsoDo(tx, staged)
    })
  })
  return staged.map(({ sha256 }) => sha256)
}

/** For tests: the renditions of a blob, or undefined while one is queued. */
export async function endedRenditions(parts: Pick<Parts, 'db'>, source: BlobHash): Promise<Renditions | undefined> {
  const renditions = (await renditionsOf(parts.db, [source])).get(source) ?? {}
  return Object.values(renditions).some(({ state }) => state === 'queued') ? undefined : renditions
}

/** For tests: the whole blob. */
export async function bytesOfBlob(parts: Pick<Parts, 'blobs'>, blob: BlobHash): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(parts.blobs.read(blob)))
}
