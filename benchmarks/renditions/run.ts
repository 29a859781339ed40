// Renditions through the whole server, against sharp alone on the same pictures in the same run.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { endedRenditions, storePicture } from '@vitrine/server/renditions/a-stored-picture'
import { startServer, type RunningServer } from '@vitrine/server/start-server'
import { makeSets, marked, type PictureSet } from './make-files.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 5
const atOnce = availableParallelism()
const folder = await mkdtemp(join(tmpdir(), 'vitrine-renditions-'))

/** Ms from the commit of the pictures to the last rendition's row. */
async function ours(parts: RunningServer['parts'], set: PictureSet, mark: string): Promise<number> {
  const sources = await storePicture(parts, ...set.files.map((file) => marked(file, mark)))
  const begun = performance.now()
  for (const source of sources.toReversed()) while (!(await endedRenditions(parts, source))) await sleep(5)
  return performance.now() - begun
}

async function sharpAlone(set: PictureSet, decodes: 'once' | 'twice', mark: string): Promise<number> {
  const input = join(folder, `${set.name} ${decodes} ${mark}`)
  await mkdir(input)
  await Promise.all(set.files.map((file, index) => writeFile(join(input, `${index}`), marked(file, mark))))
  const script = join(import.meta.dirname, 'sharp-alone.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, input, String(atOnce), decodes])
  await rm(input, { recursive: true })
  return Number(stdout)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function tell(set: PictureSet, times: { ours: number[]; once: number[]; twice: number[] }): void {
  const rate = (ms: readonly number[]) => `${((set.files.length * 1000) / median(ms)).toFixed(1)}/s`
  const ratio = (peer: readonly number[]) => (median(peer) / median(times.ours)).toFixed(2)
  console.log(
    `${set.name}: ${rate(times.ours)}; sharp alone, decoding once ${rate(times.once)} (ratio ${ratio(times.once)}), ` +
      `twice ${rate(times.twice)} (ratio ${ratio(times.twice)})`,
  )
}

const config = readConfig({
  VITRINE_DATA: join(folder, 'data'),
  VITRINE_PORT: '0',
  VITRINE_LOG_LEVEL: 'fatal',
  VITRINE_JOBS: String(atOnce),
})
const server = await startServer(config, { log: createLog(config) })
try {
  for (const set of await makeSets(quick)) {
    const times = { ours: [] as number[], once: [] as number[], twice: [] as number[] }
    await ours(server.parts, { ...set, files: set.files.slice(0, atOnce) }, 'warm')
    for (let round = 1; round <= rounds; round += 1) {
      times.ours.push(await ours(server.parts, set, `round ${round}`))
      times.once.push(await sharpAlone(set, 'once', `round ${round}`))
      times.twice.push(await sharpAlone(set, 'twice', `round ${round}`))
    }
    tell(set, times)
  }
} finally {
  await server.stop(AbortSignal.abort())
  await rm(folder, { recursive: true, force: true })
}
