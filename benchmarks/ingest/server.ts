// The server that is measured, in a process of its own. Answers the parent's messages; see run.ts.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer } from '@vitrine/server/start-server'
import { dropRenditionJobs, type Kept, keptBelow } from './kept-store.ts'

/** What the parent asks for. */
export type Ask =
  | { readonly ask: 'begin' }
  | { readonly ask: 'end' }
  | { readonly ask: 'kept'; readonly folder: string }
  | { readonly ask: 'drop-jobs' }
  | { readonly ask: 'stop' }

/** What is answered to `end`: since `begin`. */
export interface Observed {
  /** Largest resident set above that at the beginning, in bytes. */
  readonly memory: number
  /** Longest time in which the event loop served nobody, in ms. */
  readonly block: number
  /** Processor time of the server without its database and its decoders, in ms. */
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
  if (message.ask === 'begin') return begin()
  if (message.ask === 'end') return end()
  if (message.ask === 'kept') return (await keptBelow(server.parts.db, message.folder)) satisfies Kept
  if (message.ask === 'drop-jobs') await dropRenditionJobs(server.parts.db)
  else {
    await server.stop()
    setImmediate(() => process.exit(0))
  }
  return {}
}

function begin(): object {
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
