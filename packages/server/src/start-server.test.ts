import { statSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import Fastify from 'fastify'
import { setImmediate as turn } from 'node:timers/promises'
import { aServer } from '@vitrine/testkit'
import { describe, expect, it } from 'vitest'
import { openDataFolder, readServerFile } from './data-folder.ts'
import { stopGracefully } from './http/graceful-stop.ts'

describe('a data folder', () => {
  it('belongs to one process, which a second one is told of', async () => {
    await using server = await aServer()
    expect(() => openDataFolder(server.folder)).toThrow(
      `Another Vitrine is running on ${server.folder} (process ${process.pid}, ${server.url})`,
    )
  })

  it('tells commands of the same user where the server is, and nobody else', async () => {
    await using server = await aServer()
    const path = join(server.folder, 'server.json')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readServerFile(server.folder)).toMatchObject({
      pid: process.pid,
      url: server.url,
      publicUrl: server.publicUrl,
    })
  })
})

/** A server whose one answer sends a chunk at a time, when it is told to. */
async function aSlowApp() {
  const app = Fastify({ forceCloseConnections: 'idle' })
  const body = new Readable({ read() {} })
  app.get('/transfer', (_request, reply) => reply.send(body))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  body.push('begin')
  const answer = await new Promise<IncomingMessage>((resolve) => get(`${url}/transfer`, resolve))
  return { app, body, answer, url }
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: string[] = []
  for await (const chunk of answer) chunks.push(String(chunk))
  return chunks.join('')
}

describe('a stop', () => {
  it('takes no new connection, but lets a running transfer end', async () => {
    const { app, body, answer, url } = await aSlowApp()
    const stopped = stopGracefully(app, 60_000)
    await turn()
    await expect(fetch(`${url}/transfer`)).rejects.toThrow('fetch failed')
    body.push(', end')
    body.push(null)
    expect(await readAll(answer)).toBe('begin, end')
    await stopped
  })

  it('breaks off what still runs when the grace is over', async () => {
    const { app, answer } = await aSlowApp()
    await stopGracefully(app, 1)
    await expect(readAll(answer)).rejects.toThrow('aborted')
  })

  it('breaks off at once when it is asked for again', async () => {
    const { app, answer } = await aSlowApp()
    const now = new AbortController()
    const stopped = stopGracefully(app, 3_600_000, now.signal)
    now.abort()
    await stopped
    await expect(readAll(answer)).rejects.toThrow('aborted')
  })
})
