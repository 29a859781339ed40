// oxlint-disable-next-line import/default -- the bundler makes it
import workerUrl from './hash-worker.ts?worker&url'
import type { Hashed, HashWish } from './hash-worker.ts'
import { UnreadableFile } from './send-file.ts'

/** Files up to this size are hashed by the browser itself, which wants them whole. In bytes. */
export const SMALL = 4 * 1024 * 1024

/** SHA-256 of a file, in hexadecimal. @throws {UnreadableFile} */
export async function hashFile(file: Blob): Promise<string> {
  // Absent on pages over plain HTTP.
  if (file.size <= SMALL && 'subtle' in crypto) return hashWhole(file)
  return hashBeside(file)
}

async function hashWhole(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new UnreadableFile()
  })
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

interface Waiting {
  readonly resolve: (sha256: string) => void
  readonly reject: (reason: unknown) => void
}

let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, Waiting>()

function hashBeside(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const wish: HashWish = { id: ++lastId, file }
    waiting.set(wish.id, { resolve, reject })
    worker ??= startWorker()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    worker.postMessage(wish)
  })
}

function startWorker(): Worker {
  const started = new Worker(trusted(workerUrl))
  started.addEventListener('message', ({ data }: MessageEvent<Hashed>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.sha256 === undefined) one?.reject(new UnreadableFile())
    else one?.resolve(data.sha256)
  })
  started.addEventListener('error', () => {
    // Its file did not come, as while the server restarts: the next file starts another one.
    worker = undefined
    for (const { reject } of waiting.values()) reject(new Error('The worker that hashes files could not be loaded'))
    waiting.clear()
  })
  return started
}

interface ScriptPolicy {
  readonly createScriptURL: (url: string) => URL
}

/** Where the browser lets no text become the address of a script, it takes this one from the policy that may name it. */
function trusted(url: string): string | URL {
  const types = (globalThis as { trustedTypes?: { createPolicy: (name: string, rules: object) => ScriptPolicy } })
    .trustedTypes
  policy ??= types?.createPolicy('vitrine-hash-worker', {
    createScriptURL: (wanted: string) => {
      if (wanted !== workerUrl) throw new TypeError('No other worker is started')
      return wanted
    },
  })
  return policy?.createScriptURL(url) ?? url
}

let policy: ScriptPolicy | undefined
