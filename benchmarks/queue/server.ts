// The server that is measured, in a process of its own. Answers the parent's messages; see run.ts.
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BlobHash } from '@vitrine/domain'
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer } from '@vitrine/server/start-server'
import { contentHash, fill, type Filling } from './nodes-store.ts'

/** What the parent asks for. */
export type Ask =
  | { readonly ask: 'fill'; readonly filling: Filling; readonly files: boolean }
  | { readonly ask: 'begin' }
  | { readonly ask: 'end' }
  | { readonly ask: 'stop' }

/** What is answered to `end`: since `begin`. */
export interface Observed {
  /** Largest resident set above that at the beginning, in bytes. */
  readonly memory: number
  /** Longest time in which the event loop served nobody, in ms. */
  readonly block: number
  /** Processor time of the server without its database, in ms. */
  readonly cpu: number
}

const config = readConfig(process.env)
const server = await startServer(config, { log: createLog(config) })
const delay = monitorEventLoopDelay({ resolution: 1 })
let before = 0
let cpuBefore = process.cpuUsage()
let most = 0
setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20).unref()

process.on('message', (message: Ask) => {
  answer(message).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.once('disconnect', () => void server.stop().then(() => process.exit(1)))
process.send?.({ url: server.url, token: server.parts.localToken.reveal() })

async function answer(message: Ask): Promise<object> {
  if (message.ask === 'fill') return fillWith(message.filling, message.files)
  if (message.ask === 'begin') return begin()
  if (message.ask === 'end') return end()
  await server.stop()
  return process.exit(0)
}

async function begin(): Promise<object> {
  for (let i = 0; i < 3; i++) {
    ;(globalThis as { gc?: () => void }).gc?.()
    await sleep(50)
  }
  before = most = process.memoryUsage.rss()
  cpuBefore = process.cpuUsage()
  delay.reset()
  delay.enable()
  return {}
}

function end(): Observed {
  delay.disable()
  const { user, system } = process.cpuUsage(cpuBefore)
  return { memory: most - before, block: delay.max / 1e6, cpu: (user + system) / 1000 }
}

async function fillWith(filling: Filling, files: boolean): Promise<object> {
  await fill(server.parts.db, filling)
  if (!files) return {}
  for (let asset = 0; asset < filling.assets; asset++) {
    const path = server.parts.blobs.pathOf(contentHash(filling, asset) as BlobHash)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, '')
    truncateSync(path, filling.size)
  }
  return {}
}
