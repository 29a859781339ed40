// The server that is measured, in a process of its own. Fills itself when asked to; see run.ts.
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer } from '@vitrine/server/start-server'
import { fill, folderOf, type Filling } from '../queue/nodes-store.ts'
import { addAcls, makeThumbnails } from './shown-store.ts'

/** What the parent asks for. */
export type Ask =
  | { readonly ask: 'fill'; readonly filling: Filling }
  | {
      readonly ask: 'add-acls'
      readonly filling: Filling
      readonly user: string
      readonly assets: number
      readonly hidden: number
    }
  | { readonly ask: 'stop' }

const config = readConfig(process.env)
const server = await startServer(config, { log: createLog(config) })
const { db } = server.parts

process.on('message', (message: Ask) => {
  answer(message).then(
    () => process.send?.({}),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.once('disconnect', () => void server.stop().then(() => process.exit(1)))
process.send?.({ url: server.url, token: server.parts.localToken.reveal() })

async function answer(message: Ask): Promise<void> {
  if (message.ask === 'fill') {
    await fill(db, message.filling)
    return makeThumbnails(db, folderOf(message.filling))
  }
  if (message.ask === 'add-acls') {
    return addAcls(db, folderOf(message.filling), message.user, message.assets, message.hidden)
  }
  await server.stop()
  setImmediate(() => process.exit(0))
}
