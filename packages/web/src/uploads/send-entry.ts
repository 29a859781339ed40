import { call } from '../api/client.ts'
import { noteLost, returned } from '../api/connection.ts'
import { codeOf } from '../api/failure-words.ts'
import { holdCsrfToken, signedInAgain } from '../api/session.ts'
import { hashFile, SMALL } from './hash-file.ts'
import { makeFolder } from './make-folder.ts'
import { sendFile, UnreadableFile } from './send-file.ts'
import type { SendParts } from './send-file.ts'
import { discardUpload } from './tus-client.ts'
import type { UploadEntry, UploadResult } from './upload-entry.ts'
import { xhrAsk } from './xhr-request.ts'

/** What arrived is not what was read from the disk. */
export class OtherBytes extends Error {
  override readonly name = 'OtherBytes'
}

/** How the browser sends. */
const parts: SendParts = {
  ask: xhrAsk,
  askWhy: (url, signal) => call('GET /api/v1/uploads/:id', { params: { id: idOf(url) }, signal }),
  discard: (url) => discardUpload(xhrAsk, url),
  serverBack: async (signal) => {
    noteLost()
    await orAborted(returned(), signal)
  },
  signedInAgain,
  renewToken: async () => {
    const { csrfToken } = await call('GET /api/v1/me')
    holdCsrfToken(csrfToken)
  },
  wait: (milliseconds, signal) => orAborted(new Promise((resolve) => setTimeout(resolve, milliseconds)), signal),
}

/** The id in the address of an upload. */
export function idOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

/** Removes what the server has of an upload. @throws RequestFailure */
export async function discard(url: string): Promise<void> {
  try {
    await discardUpload(xhrAsk, url)
  } catch (failure) {
    if (codeOf(failure) !== 'upload/not-found') throw failure
  }
}

/**
 * Uploads a file, or makes a folder, and makes sure that what arrived is what was read: the file is hashed while it is
 * sent, and what the server has of it is compared.
 *
 * @throws {OtherBytes} @throws {UnreadableFile} @throws RequestFailure
 */
export async function sendEntry(
  entry: UploadEntry,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<UploadResult> {
  const { file } = entry
  if (file === undefined) return patiently(signal, () => makeFolder(entry.folder, entry.relativePath, signal))
  // Soon known, it is announced: then the server compares.
  if (file.size <= SMALL) entry.sha256 ??= await hashFile(file)
  const isAnnounced = entry.url === undefined && entry.sha256 !== undefined
  const hashing = entry.sha256 === undefined ? hashFile(file) : Promise.resolve(entry.sha256)
  // Whoever waits for it meets its failure; until then it must not count as unhandled.
  hashing.catch(() => undefined)
  const result = (await finishAnew(entry)) ?? (await sendFile(parts, entry, signal, onSent))
  if (isAnnounced) return result
  entry.sha256 = await hashing.catch((failure: unknown) => {
    if (failure instanceof UnreadableFile) throw failure
    // What hashes could not be loaded then: the server was away.
    return hashFile(file)
  })
  await patiently(signal, () => requireSameBytes(entry, result))
  return result
}

/** All bytes are there, and the person has chosen what becomes of a name that was taken meanwhile. */
async function finishAnew(entry: UploadEntry): Promise<UploadResult | undefined> {
  const { url, finishWith } = entry
  if (url === undefined || finishWith === undefined) return undefined
  entry.finishWith = undefined
  const { node, outcome } = await call('POST /api/v1/uploads/:id/finish', {
    params: { id: idOf(url) },
    body: { conflict: finishWith },
  })
  return node === null || outcome === null ? undefined : { node, outcome }
}

/** Does something as often as it takes while the server is away. */
export async function patiently<Done>(signal: AbortSignal, work: () => Promise<Done>): Promise<Done> {
  for (;;) {
    try {
      return await work()
    } catch (failure) {
      if (!isAway(failure)) throw failure
      await parts.serverBack(signal)
    }
  }
}

function isAway(failure: unknown): boolean {
  return codeOf(failure) === 'server/starting' || (failure as { kind?: string }).kind === 'offline'
}

async function requireSameBytes(entry: UploadEntry, { node }: UploadResult): Promise<void> {
  const params = { id: node }
  const { sha256 } = await call('GET /api/v1/nodes/:id', { params })
  if (sha256 === entry.sha256) return
  // Somebody may have added a version since.
  const { items } = await call('GET /api/v1/nodes/:id/versions', { params })
  if (items.some((version) => version.sha256 === entry.sha256)) return
  // What the server has of it is finished, and not to be gone on with: the right bytes become a version of it.
  entry.url = undefined
  entry.conflict = 'version'
  throw new OtherBytes()
}

async function orAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason as Error)
  signal.addEventListener('abort', abort)
  try {
    await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
