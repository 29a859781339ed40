// The server that is measured, in a process of its own. Tells the parent where it is, and on request its most memory.
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer } from '@vitrine/server/start-server'

const config = readConfig(process.env)
const server = await startServer(config, { log: createLog(config) })
let most = 0
setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20).unref()

process.on('message', (ask: 'begin' | 'end' | 'stop') => {
  if (ask === 'begin') most = process.memoryUsage.rss()
  if (ask !== 'stop') process.send?.({ memory: most })
  else void server.stop().then(() => process.exit(0))
})
process.once('disconnect', () => void server.stop().then(() => process.exit(1)))
process.send?.({ url: server.url, token: server.parts.localToken.reveal() })
