/** The server's side of tus in memory, for tests: bytes, and what goes wrong on their way. */
import { RequestFailure } from '@vitrine/api/request'
import type { Ask, Asked, AskWish } from './tus-client.ts'

/** What may go wrong with a request. */
export type Trouble = 'none' | 'cut' | 'answer-lost' | 'starting' | 'signed-out' | 'locked' | 'csrf' | 'gone'

/** Holds one upload. It answers also whoever has stopped listening: that is for those to look to who ask. */
export class TusStandIn {
  readonly uploads = new Map<string, { readonly size: number; bytes: Uint8Array }>()
  readonly asked: string[] = []
  readonly #troubles: Trouble[]
  /** A cut request leaves so many of its bytes. */
  readonly #left: number

  constructor(troubles: readonly Trouble[], left: number) {
    this.#troubles = [...troubles]
    this.#left = left
  }

  readonly ask: Ask = async (method, url, wish) => {
    this.asked.push(method)
    const trouble = this.#troubles.shift() ?? 'none'
    try {
      this.#refuse(trouble, url)
    } catch (failure) {
      // A HEAD has no body that would say why.
      throw method === 'HEAD' ? new RequestFailure('blocked') : failure
    }
    if (trouble === 'cut' && method === 'POST') throw new RequestFailure('offline')
    const answer = await this.#answer(method, url, wish, trouble)
    if (trouble === 'cut' || trouble === 'answer-lost') throw new RequestFailure('offline')
    return answer
  }

  /** What `GET` says of it. */
  readonly askWhy = async (url: string) => {
    if (!this.uploads.has(url)) throw failureOf('upload/not-found', 404)
  }

  #refuse(trouble: Trouble, url: string): void {
    if (trouble === 'starting') throw failureOf('server/starting', 503)
    if (trouble === 'signed-out') throw failureOf('access/unauthenticated', 401)
    if (trouble === 'locked') throw failureOf('upload/locked', 423)
    if (trouble === 'csrf') throw failureOf('request/csrf', 403)
    if (trouble === 'gone') this.uploads.delete(url)
  }

  async #answer(method: string, url: string, wish: AskWish, trouble: Trouble): Promise<Asked> {
    if (method === 'POST') {
      const made = `/api/v1/uploads/${this.uploads.size}-${this.asked.length}`
      this.uploads.set(made, { size: Number(wish.headers?.['upload-length']), bytes: new Uint8Array() })
      return this.#told(made)
    }
    const upload = this.uploads.get(url)
    // A HEAD has no body that would say why.
    if (upload === undefined)
      throw method === 'HEAD' ? new RequestFailure('blocked') : failureOf('upload/not-found', 404)
    if (method === 'PATCH') {
      if (Number(wish.headers?.['upload-offset']) !== upload.bytes.length)
        throw failureOf('upload/offset-conflict', 409)
      const sent = new Uint8Array(await (wish.body ?? new Blob()).arrayBuffer())
      wish.onSent?.(sent.length)
      upload.bytes = Uint8Array.of(...upload.bytes, ...(trouble === 'cut' ? sent.slice(0, this.#left) : sent))
    }
    return this.#told(url)
  }

  #told(url: string): Asked {
    const { size, bytes } = this.uploads.get(url) ?? { size: 0, bytes: new Uint8Array() }
    const headers: Record<string, string> = {
      location: url,
      'upload-offset': String(bytes.length),
      ...(bytes.length === size ? { 'vitrine-node': 'the-node', 'vitrine-outcome': 'created' } : {}),
    }
    return { header: (name) => headers[name], body: '' }
  }
}

function failureOf(
  code:
    | 'server/starting'
    | 'access/unauthenticated'
    | 'upload/locked'
    | 'request/csrf'
    | 'upload/not-found'
    | 'upload/offset-conflict',
  status: number,
): RequestFailure {
  return new RequestFailure('refused', { type: 'about:blank', title: code, status, code, detail: code, requestId: '' })
}
