import { createHash } from 'node:crypto'
import type { CheckedUploads, NodeBody, NodePage, UploadBody, UploadList, UploadMetadata } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { aServer, type Answer, type Caller, expectStatus, type ServerWishes, type TestServer } from '@vitrine/testkit'

/** Headers of the answers about uploads. */
export interface UploadAnswer {
  readonly status: number
  readonly code: unknown
  readonly offset: string | null
}

/** Words with which tests of uploads tell their stories, as `admin` unless somebody else is named. */
export class UploadStory {
  readonly server: TestServer
  readonly admin: Caller
  #count = 0

  private constructor(server: TestServer) {
    this.server = server
    this.admin = server.as('admin')
  }

  static async begin(wishes: ServerWishes = {}): Promise<UploadStory> {
    return new UploadStory(await aServer(wishes))
  }

  /** A folder below the root with a name that no other has. */
  async aFolder(name = `folder ${++this.#count}`, parent: string = ROOT_ID): Promise<NodeBody> {
    const answer = await this.admin.post('/api/v1/nodes', { parent, kind: 'folder', name })
    return expectStatus(answer, 201).json<NodeBody>()
  }

  async anAsset(folder: string, name: string, content = `content of ${name}`): Promise<NodeBody> {
    const path = `/api/v1/nodes/${folder}/assets?name=${encodeURIComponent(name)}`
    return expectStatus(await this.admin.post(path, Buffer.from(content)), 201).json<NodeBody>()
  }

  /** Begins an upload, and answers its address. */
  async begun(metadata: Partial<UploadMetadata>, size: number, caller = this.admin): Promise<string> {
    return expectStatus(await create(caller, metadata, size), 201).headers.get('location') ?? ''
  }

  async now(url: string, caller = this.admin): Promise<UploadBody> {
    return expectStatus(await caller.get(url), 200).json<UploadBody>()
  }

  async unfinished(caller = this.admin): Promise<UploadBody[]> {
    return expectStatus(await caller.get('/api/v1/uploads'), 200).json<UploadList>().items
  }

  async check(parent: string, files: unknown[], caller = this.admin): Promise<CheckedUploads> {
    return expectStatus(await caller.post('/api/v1/uploads/check', { parent, files }), 200).json<CheckedUploads>()
  }

  /** What a folder holds, in order. */
  async children(folder: string): Promise<NodeBody[]> {
    return (await this.admin.get(`/api/v1/nodes/${folder}/children?limit=500`)).json<NodePage>().items
  }

  async names(folder: string): Promise<string[]> {
    return (await this.children(folder)).map(({ name }) => name)
  }

  async at(path: string): Promise<NodeBody> {
    return expectStatus(await this.admin.get(`/api/v1/nodes?path=${encodeURIComponent(path)}`), 200).json<NodeBody>()
  }

  async contentOf(node: string): Promise<Buffer> {
    return expectStatus(await this.admin.get(`/api/v1/nodes/${node}/content`), 200).bytes
  }
}

/** `Upload-Metadata` of these pairs. */
export function encoded(metadata: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(metadata)
    .map(([name, value = '']) => (value === '' ? name : `${name} ${Buffer.from(value).toString('base64')}`))
    .join(',')
}

/** Headers with which every request speaks tus. */
export const tusHeaders = { 'tus-resumable': '1.0.0' } as const

/** The type of a body that is a piece. */
export const pieceType = { 'content-type': 'application/offset+octet-stream' } as const

/** Asks for an upload. */
export function create(
  caller: Caller,
  metadata: Readonly<Record<string, string | undefined>>,
  size: number | string,
  more: { readonly headers?: Readonly<Record<string, string>>; readonly body?: Buffer } = {},
): Promise<Answer> {
  const headers = { ...tusHeaders, 'upload-length': String(size), 'upload-metadata': encoded(metadata) }
  return caller.request('POST', '/api/v1/uploads', {
    headers: { ...headers, ...(more.body && pieceType), ...more.headers },
    ...(more.body && { body: more.body }),
  })
}

/** Sends a piece. */
export function patch(
  caller: Caller,
  url: string,
  offset: number | string,
  bytes: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const all = { ...tusHeaders, ...pieceType, 'upload-offset': String(offset), ...headers }
  return caller.request('PATCH', url, { headers: all, body: bytes })
}

/** Asks how far an upload is. */
export function head(caller: Caller, url: string): Promise<Answer> {
  return caller.request('HEAD', url, { headers: tusHeaders })
}

/** How far an upload is: its offset. */
export async function offsetOf(caller: Caller, url: string): Promise<number> {
  return Number(expectStatus(await head(caller, url), 200).headers.get('upload-offset'))
}

/** Removes an upload. */
export function terminate(caller: Caller, url: string): Promise<Answer> {
  return caller.request('DELETE', url, { headers: tusHeaders })
}

/** What an answer says of success and of the upload. */
export function said(answer: Answer): UploadAnswer {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true
  return {
    status: answer.status,
    code: isProblem ? answer.json()['code'] : undefined,
    offset: answer.headers.get('upload-offset'),
  }
}

/** Status and code of an answer that refuses. */
export function failure(answer: Answer): [number, unknown] {
  return [answer.status, answer.json()['code']]
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
