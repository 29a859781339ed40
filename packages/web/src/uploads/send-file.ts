import { RequestFailure } from '@vitrine/api/request'
import { askProgress, createUpload, sendPiece } from './tus-client.ts'
import type { Ask, Progressed } from './tus-client.ts'
import type { UploadEntry, UploadResult } from './upload-entry.ts'

/** What sending a file needs of what is around it. */
export interface SendParts {
  readonly ask: Ask
  /** Asks as JSON how far an upload is: of a `HEAD` that was refused nothing says why. @throws RequestFailure */
  readonly askWhy: (url: string, signal: AbortSignal) => Promise<unknown>
  /** Removes an upload. */
  readonly discard: (url: string) => Promise<void>
  /** Resolves when the server, which was not found, is there again. @throws the signal's reason */
  readonly serverBack: (signal: AbortSignal) => Promise<void>
  /** Resolves when the person has signed in again. @throws the failure, when they give up */
  readonly signedInAgain: (failure: RequestFailure) => Promise<void>
  /** Fetches the token against forged requests anew. */
  readonly renewToken: () => Promise<void>
  /** @throws the signal's reason */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** A file that cannot be read (any more): it was changed, moved or removed while it was sent. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

/** Times that something is tried without a byte getting further, while the server is there. */
const MOST_TRIES = 10

/**
 * Sends a file, from the byte at which the server has it, until it is finished. A server that is away is waited for
 * however long it takes; a session that has ended, too.
 *
 * @throws {UnreadableFile} @throws RequestFailure where the server refuses it @throws the signal's reason
 */
export async function sendFile(
  parts: SendParts,
  entry: UploadEntry,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<UploadResult> {
  const { file } = entry
  if (file === undefined) throw new UnreadableFile()
  let known: Progressed | undefined
  for (let [tries, farthest] = [0, 0]; ;) {
    signal.throwIfAborted()
    try {
      known = await step(parts, entry, file, known, signal, onSent)
      if (known.result !== undefined) return known.result
      if (known.offset > farthest) [tries, farthest] = [0, known.offset]
      onSent(known.offset)
    } catch (failure) {
      signal.throwIfAborted()
      known = undefined
      await requireReadable(file)
      await mend(parts, entry, failure, ++tries, signal)
    }
  }
}

/** The next request: makes the upload, asks how far it is, or sends a piece. */
async function step(
  parts: SendParts,
  entry: UploadEntry,
  file: File,
  known: Progressed | undefined,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<Progressed> {
  if (entry.url === undefined) return create(parts, entry, file, signal)
  if (known === undefined) return progressOf(parts, entry.url, signal)
  return sendPiece(parts.ask, entry.url, file, known.offset, onSent, signal)
}

async function create(parts: SendParts, entry: UploadEntry, file: File, signal: AbortSignal): Promise<Progressed> {
  // Not broken off: nobody would know of an upload whose answer was not waited for.
  const made = await createUpload(parts.ask, entry.size, {
    parent: entry.folder.id,
    relativePath: entry.relativePath,
    conflict: entry.conflict,
    modifiedAt: new Date(file.lastModified).toISOString(),
    sha256: entry.sha256,
  })
  entry.url = made.url
  if (entry.state === 'cancelled') await parts.discard(made.url)
  signal.throwIfAborted()
  return made
}

async function progressOf({ ask, askWhy }: SendParts, url: string, signal: AbortSignal): Promise<Progressed> {
  try {
    return await askProgress(ask, url, signal)
  } catch (failure) {
    if (!(failure instanceof RequestFailure) || failure.kind === 'offline') throw failure
    await askWhy(url, signal)
    // It is as it should be by now.
    throw new RequestFailure('blocked')
  }
}

/** What has to happen before it is tried again. @throws the failure, when that would not help */
async function mend(
  parts: SendParts,
  entry: UploadEntry,
  failure: unknown,
  tries: number,
  signal: AbortSignal,
): Promise<void> {
  if (!(failure instanceof RequestFailure)) throw failure
  const code = failure.problem?.code
  if (code === 'access/unauthenticated') return parts.signedInAgain(failure)
  if (tries > MOST_TRIES) throw failure
  if (failure.kind === 'offline' || code === 'server/starting') {
    await parts.serverBack(signal)
    // It is there, but does not take these bytes: that is not asked ever faster.
    if (tries > 1) await parts.wait(Math.min(10_000, 250 * 2 ** tries), signal)
    return
  }
  if (code === 'request/csrf') return parts.renewToken()
  if (code === 'upload/not-found' || code === 'upload/expired') {
    // It was removed, or lay for too long: begun again from the first byte.
    entry.url = undefined
    return
  }
  if (!mayPass(failure)) throw failure
  await parts.wait(Math.max(failure.retryAfter ?? 0, Math.min(10_000, 250 * 2 ** tries)), signal)
}

/** Whether trying again later may help. */
function mayPass({ problem }: RequestFailure): boolean {
  if (problem === undefined) return true
  return /^(upload\/(locked|offset-conflict|checksum-mismatch)|request\/too-many|server\/)/.test(problem.code)
}

/** A request whose body cannot be read fails as one without a connection does: the file itself tells. */
async function requireReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch {
    throw new UnreadableFile()
  }
}
