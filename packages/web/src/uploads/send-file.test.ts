import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RequestFailure } from '@vitrine/api/request'
import { sendFile, UnreadableFile } from './send-file.ts'
import type { SendParts } from './send-file.ts'
import { encodeMetadata } from './tus-client.ts'
import { TusStandIn } from './tus-stand-in.ts'
import type { Trouble } from './tus-stand-in.ts'
import type { UploadEntry } from './upload-entry.ts'
import { xhrAsk } from './xhr-request.ts'

function anEntry(file: File | undefined): UploadEntry {
  return {
    id: 1,
    folder: { id: 'folder', name: 'Folder' },
    kind: 'file',
    relativePath: 'a/b.bin',
    size: file?.size ?? 0,
    file,
    state: 'sending',
    conflict: 'refuse',
    sent: 0,
    failure: undefined,
    result: undefined,
  }
}

const aFile = (bytes: Uint8Array) => new File([bytes as Uint8Array<ArrayBuffer>], 'b.bin', { lastModified: 0 })

function partsOf(server: TusStandIn, more: Partial<SendParts> = {}): SendParts {
  return {
    ask: server.ask,
    askWhy: server.askWhy,
    discard: async (url) => void server.uploads.delete(url),
    serverBack: async () => undefined,
    signedInAgain: async () => undefined,
    renewToken: async () => undefined,
    wait: async () => undefined,
    ...more,
  }
}

const never = new AbortController().signal
const passing: readonly Trouble[] = ['none', 'cut', 'answer-lost', 'starting', 'signed-out', 'locked', 'csrf', 'gone']

describe('a file that is sent', () => {
  it('arrives whole, whatever happens to its requests', async () => {
    const troubles = fc.array(fc.constantFrom(...passing), { maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), troubles, fc.nat(80), async (bytes, trouble, left) => {
        const server = new TusStandIn(trouble, left)
        const entry = anEntry(aFile(bytes))
        const told: number[] = []
        const result = await sendFile(partsOf(server), entry, never, (sent) => told.push(sent))
        expect(result).toEqual({ node: 'the-node', outcome: 'created' })
        expect(server.uploads.get(entry.url ?? '')?.bytes).toEqual(bytes)
        for (const sent of told) expect(sent).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })

  it('goes on from the byte that the server has, and sends none twice', async () => {
    const server = new TusStandIn(['none', 'cut'], 40)
    const sizes: number[] = []
    const parts = partsOf(server, {
      ask: (method, url, wish) => {
        if (method === 'PATCH') sizes.push(wish.body?.size ?? 0)
        return server.ask(method, url, wish)
      },
    })
    await sendFile(parts, anEntry(aFile(new Uint8Array(100))), never, () => undefined)
    expect(server.asked).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH'])
    expect(sizes).toEqual([100, 60])
  })

  it('waits for the server, and for whoever has to sign in again, and goes on', async () => {
    const server = new TusStandIn(['none', 'starting', 'none', 'signed-out'], 0)
    const waited: string[] = []
    const parts = partsOf(server, {
      serverBack: async () => void waited.push('server'),
      signedInAgain: async () => void waited.push('person'),
    })
    await sendFile(parts, anEntry(aFile(new Uint8Array(10))), never, () => undefined)
    expect(waited).toEqual(['server', 'person'])
    expect(server.uploads.size).toBe(1)
  })

  it('ends with the refusal that will not pass, and with one that does not', async () => {
    const refusal = new RequestFailure('refused', {
      type: 'about:blank',
      title: '',
      status: 507,
      code: 'storage/full',
      detail: '',
      requestId: '',
    })
    const full = partsOf(new TusStandIn([], 0), { ask: () => Promise.reject(refusal) })
    const send = (parts: SendParts) => sendFile(parts, anEntry(aFile(new Uint8Array(10))), never, () => undefined)
    await expect(send(full)).rejects.toBe(refusal)
    const locked = new TusStandIn(
      Array.from({ length: 50 }, () => 'locked' as const),
      0,
    )
    await expect(send(partsOf(locked))).rejects.toMatchObject({ problem: { code: 'upload/locked' } })
    expect(locked.asked.length).toBeLessThan(20)
  })

  it('gives up where the person does not sign in again', async () => {
    const parts = partsOf(new TusStandIn(['signed-out'], 0), { signedInAgain: (failure) => Promise.reject(failure) })
    const sent = sendFile(parts, anEntry(aFile(new Uint8Array(10))), never, () => undefined)
    await expect(sent).rejects.toMatchObject({ problem: { code: 'access/unauthenticated' } })
  })

  it('stops at once when it is stopped, and goes on later where it was', async () => {
    const server = new TusStandIn(['none', 'cut'], 30)
    const entry = anEntry(aFile(Uint8Array.from({ length: 90 }, (_, n) => n)))
    const stop = new AbortController()
    const parts = partsOf(server, { serverBack: async () => stop.abort() })
    await expect(sendFile(parts, entry, stop.signal, () => undefined)).rejects.toThrow(/abort/i)
    expect(server.asked).toEqual(['POST', 'PATCH'])
    await sendFile(partsOf(server), entry, never, () => undefined)
    expect(server.uploads.size).toBe(1)
    expect(server.uploads.get(entry.url ?? '')?.bytes).toEqual(Uint8Array.from({ length: 90 }, (_, n) => n))
  })

  it('asks for nothing when it is stopped while the person signs in again', async () => {
    const server = new TusStandIn(['none', 'signed-out'], 0)
    const stop = new AbortController()
    const parts = partsOf(server, { signedInAgain: async () => stop.abort() })
    await expect(sendFile(parts, anEntry(aFile(new Uint8Array(9))), stop.signal, () => undefined)).rejects.toThrow(
      /abort/i,
    )
    expect(server.asked).toEqual(['POST', 'PATCH'])
  })

  it('leaves nothing on the server when it was cancelled while it was made there', async () => {
    const server = new TusStandIn([], 0)
    const stop = new AbortController()
    const entry = { ...anEntry(aFile(new Uint8Array(9))), state: 'cancelled' as const }
    const parts = partsOf(server, {
      ask: async (...wish) => {
        const answer = await server.ask(...wish)
        stop.abort()
        return answer
      },
    })
    await expect(sendFile(parts, entry, stop.signal, () => undefined)).rejects.toThrow(/abort/i)
    expect(server.uploads.size).toBe(0)
  })

  it('is told apart from a lost connection when it cannot be read any more', async () => {
    const parts = partsOf(new TusStandIn([], 0))
    await expect(sendFile(parts, anEntry(undefined), never, () => undefined)).rejects.toBeInstanceOf(UnreadableFile)
    const file = aFile(new Uint8Array(5))
    file.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as unknown as Blob
    const cut = partsOf(new TusStandIn(['none', 'cut'], 0))
    await expect(sendFile(cut, anEntry(file), never, () => undefined)).rejects.toBeInstanceOf(UnreadableFile)
  })
})

it('a request that was given up before it began is not begun', async () => {
  await expect(xhrAsk('PATCH', '/api/v1/uploads/1', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

it('metadata is written as the protocol has it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const [, encoded = ''] = encodeMetadata({ name, sha256: undefined }).split(' ')
      expect(Buffer.from(encoded, 'base64').toString()).toBe(name.toWellFormed())
    }),
  )
})
