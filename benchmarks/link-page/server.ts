// The server that is measured, in a process of its own. Fills itself when asked to; see run.ts.
import { Readable } from 'node:stream'
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer } from '@vitrine/server/start-server'
import { fill, folderOf, type Filling } from '../queue/nodes-store.ts'
import sharp from 'sharp'
import { addAcls, countWaiting, giveUpRenditions, makeThumbnails, type Thumbnail } from './shown-store.ts'

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
  | { readonly ask: 'count-waiting' }
  | { readonly ask: 'give-up-renditions' }
  | { readonly ask: 'stop' }

const config = readConfig(process.env)
const server = await startServer(config, { log: createLog(config) })
const { db, blobs } = server.parts

process.on('message', (message: Ask) => {
  answer(message).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.once('disconnect', () => void server.stop().then(() => process.exit(1)))
process.send?.({ url: server.url, token: server.parts.localToken.reveal() })

async function answer(message: Ask): Promise<object> {
  if (message.ask === 'fill') {
    await fill(db, message.filling)
    await makeThumbnails(db, folderOf(message.filling), await storeThumbnail())
  } else if (message.ask === 'add-acls') {
    await addAcls(db, folderOf(message.filling), message.user, message.assets, message.hidden)
  } else if (message.ask === 'count-waiting') return { waiting: await countWaiting(db) }
  else if (message.ask === 'give-up-renditions') await giveUpRenditions(db)
  else await server.stop(AbortSignal.abort())
  return {}
}

/** Stores the one picture that all assets have as their thumbnail. */
async function storeThumbnail(): Promise<Thumbnail> {
  const picture = await sharp({ create: { width: 319, height: 213, channels: 3, background: '#c63' } })
    .jpeg()
    .toBuffer()
  const staged = await blobs.stage({ kind: 'stream', chunks: Readable.from([picture]) })
  await blobs.place([staged])
  return { sha256: Buffer.from(staged.sha256, 'hex'), size: picture.length }
}
