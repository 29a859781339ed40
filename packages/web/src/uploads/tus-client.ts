/**
 * What a page needs of tus 1.0.0 (https://tus.io/protocols/resumable-upload): making an upload, asking how far it is, and
 * sending the rest in pieces.
 *
 * Own code, because the protocol's own client (tus-js-client 4.3.1; 13.7 kB compressed) takes every refusal of `HEAD` but
 * 423 for an upload that is gone, forgets its address and begins again from the first byte: so it does for a session that
 * has ended (401) and for a server that is starting (503), and what was sent is lost. It also brings `combine-errors`,
 * which has no licence. On the server it stays the judge of our side of the protocol.
 */
import type { UploadResult } from './upload-entry.ts'

/** What goes with a request. */
export interface AskWish {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Blob
  readonly signal?: AbortSignal
  /** Told how many bytes of the body have left. */
  readonly onSent?: (bytes: number) => void
}

/** What is used of an answer. */
export interface Asked {
  readonly header: (name: string) => string | undefined
  readonly body: string
}

/** Sends a request. @throws RequestFailure when it is not answered, or refused; the signal's reason when it was given up */
export type Ask = (method: 'POST' | 'HEAD' | 'PATCH' | 'PUT' | 'DELETE', url: string, wish: AskWish) => Promise<Asked>

/** Most bytes of one request. */
export const PIECE = 64 * 1024 * 1024

const endpoint = '/api/v1/uploads'
const protocol = { 'tus-resumable': '1.0.0' }

/** An upload, as an answer tells of it. */
export interface Progressed {
  /** So many bytes are acknowledged. */
  readonly offset: number
  /** Undefined while it is not finished. */
  readonly result: UploadResult | undefined
}

/**
 * Makes an upload. One without bytes is finished by that.
 *
 * @param metadata what is known of it; pairs without a value are left out
 */
export async function createUpload(
  ask: Ask,
  size: number,
  metadata: Readonly<Record<string, string | undefined>>,
): Promise<Progressed & { readonly url: string }> {
  const headers = { ...protocol, 'upload-length': String(size), 'upload-metadata': encodeMetadata(metadata) }
  const answer = await ask('POST', endpoint, { headers })
  return { url: answer.header('location') ?? '', ...progressOf(answer) }
}

/** Asks how far an upload is. */
export async function askProgress(ask: Ask, url: string, signal: AbortSignal): Promise<Progressed> {
  return progressOf(await ask('HEAD', url, { headers: protocol, signal }))
}

/** Sends the piece of a file that begins at an offset. @param onSent told how many bytes of the file are sent in all */
export async function sendPiece(
  ask: Ask,
  url: string,
  file: Blob,
  offset: number,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Progressed> {
  const body = file.slice(offset, offset + PIECE)
  const headers = {
    ...protocol,
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
  }
  return progressOf(await ask('PATCH', url, { headers, body, signal, onSent: (bytes) => onSent(offset + bytes) }))
}

/** Removes an upload and what came of it. */
export async function discardUpload(ask: Ask, url: string): Promise<void> {
  await ask('DELETE', url, { headers: protocol })
}

function progressOf(answer: Asked): Progressed {
  const [node, outcome] = [answer.header('vitrine-node'), answer.header('vitrine-outcome')]
  const result = node === undefined ? undefined : { node, outcome: outcome as UploadResult['outcome'] }
  return { offset: Number(answer.header('upload-offset') ?? 0), result }
}

/** As the protocol has it: names and values in Base64, with commas between them. */
export function encodeMetadata(metadata: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(metadata)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${inBase64(value)}`]))
    .join()
}

function inBase64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
}
