import { readConfig } from '../config.ts'
import { createLog } from '../log/create-log.ts'
import { startServer } from '../start-server.ts'
import { storePicture } from './a-stored-picture.ts'
import { photo } from './decoder/a-picture.ts'

/** For a test: a real server, which takes in as many pictures as its argument says, and then works until it is killed. */
const config = readConfig(process.env)
const { parts } = await startServer(config, { log: createLog(config) })
const pictures: Buffer[] = []
for (let seed = 1; seed <= Number(process.argv[2]); seed += 1) {
  pictures.push(await (await photo(1600, 1100, seed)).jpeg().toBuffer())
}
if (pictures.length > 0) await storePicture(parts, ...pictures)
process.stdout.write('ready\n')
