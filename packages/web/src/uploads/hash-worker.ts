/**
 * Hashes files beside the page. SHA-256 in JavaScript: what hashes in streams is either this or WebAssembly, which the
 * page's policy does not let run.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** A file to hash. */
export interface HashWish {
  readonly id: number
  readonly file: Blob
}

/** What a file hashes to, in hexadecimal; undefined: it could not be read. */
export interface Hashed {
  readonly id: number
  readonly sha256: string | undefined
}

/** So much is read at a time: files that are hashed at the same time have turns. */
const SLICE = 4 * 1024 * 1024

addEventListener('message', ({ data }: MessageEvent<HashWish>) => void answer(data))

async function answer({ id, file }: HashWish): Promise<void> {
  const hashed: Hashed = { id, sha256: await hash(file).catch(() => undefined) }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page has none for its worker
  ;(self as unknown as { postMessage: (message: Hashed) => void }).postMessage(hashed)
}

async function hash(file: Blob): Promise<string> {
  const state = sha256.create()
  for (let offset = 0; offset < file.size; offset += SLICE) {
    state.update(new Uint8Array(await file.slice(offset, offset + SLICE).arrayBuffer()))
  }
  return bytesToHex(state.digest())
}
