/** Run by a test as a process of its own: takes an unfinished blob as another server on the same folder would, and keeps it. */
import { UnfinishedBlobs } from '../blobs/unfinished-blobs.ts'

const [folder = '', name = ''] = process.argv.slice(2)
const blob = await new UnfinishedBlobs(folder).open(name, 0)
process.stdout.write(blob ? 'held' : 'somebody has it')
setInterval(() => {}, 1000)
