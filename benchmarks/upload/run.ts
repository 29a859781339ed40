// What resuming costs: an upload over tus against `curl -T` of the same file to the same server, in the same run.
import { fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NodeBody, uploadHeaders } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { Upload } from 'tus-js-client'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 5
const size = quick ? 256e6 : 2e9
/** What a browser with unsteady connections would choose: many requests. */
const chunkSize = 64 * 1024 * 1024

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-upload-'))
const path = join(folder, 'film')
const server = fork(join(import.meta.dirname, '../ingest/server.ts'), {
  env: { ...process.env, VITRINE_DATA: join(folder, 'data'), VITRINE_PORT: '0', VITRINE_LOG_LEVEL: 'error' },
})
try {
  const [reach] = (await once(server, 'message')) as [Reach]
  await measure(reach)
} finally {
  server.send('stop')
  await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true })
}

interface Reach {
  readonly url: string
  readonly token: string
}

async function measure(reach: Reach): Promise<void> {
  makeFile()
  const asset = await firstAsset(reach)
  const ways = {
    curl: () => byCurl(reach, asset),
    whole: () => byTus(reach, Infinity),
    pieces: () => byTus(reach, chunkSize),
  }
  const times: Record<keyof typeof ways, number>[] = []
  for (let round = 0; round < rounds; round++) {
    const took = { curl: 0, whole: 0, pieces: 0 }
    for (const [index, way] of (['curl', 'whole', 'pieces'] as const).entries()) {
      renew(round * 3 + index)
      const begun = performance.now()
      await ways[way]()
      took[way] = performance.now() - begun
    }
    times.push(took)
  }
  const speed = (way: keyof typeof ways) => `${(size / 1e3 / medianOf(times.map((one) => one[way]))).toFixed(0)} MB/s`
  const ratio = (way: keyof typeof ways) => medianOf(times.map((one) => one.curl / one[way])).toFixed(2)
  say(`curl -T of ${size / 1e9} GB to /api/v1/nodes/ID/content`, speed('curl'))
  say('tus-js-client, one request', `${speed('whole')}, ratio ${ratio('whole')}`)
  say('tus-js-client, requests of 64 MiB', `${speed('pieces')}, ratio ${ratio('pieces')}`)
}

function makeFile(): void {
  const megabyte = randomBytes(1e6)
  const to = openSync(path, 'w')
  for (let at = 0; at < size; at += megabyte.length) {
    megabyte.writeDoubleLE(at, 0)
    writeSync(to, megabyte)
  }
  closeSync(to)
}

/** Makes the file another than before, so that no bytes are there already. */
function renew(mark: number): void {
  const to = openSync(path, 'r+')
  writeSync(to, Buffer.from(`${mark}`.padEnd(16)), 0, 16, 64)
  closeSync(to)
}

async function firstAsset({ url, token }: Reach): Promise<string> {
  const response = await fetch(`${url}/api/v1/nodes/${ROOT_ID}/assets?name=film`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: 'first',
  })
  return ((await response.json()) as NodeBody).id
}

async function byCurl({ url, token }: Reach, asset: string): Promise<void> {
  const to = `${url}/api/v1/nodes/${asset}/content`
  const args = ['-sS', '-f', '-o', '/dev/null', '-H', `Authorization: Bearer ${token}`, '-T', path, to]
  const [code] = (await once(spawn('curl', args, { stdio: 'inherit' }), 'exit')) as [number | null]
  if (code !== 0) throw new Error(`curl ended with ${code}`)
}

function byTus({ url, token }: Reach, most: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(createReadStream(path), {
      endpoint: `${url}/api/v1/uploads`,
      headers: { authorization: `Bearer ${token}` },
      metadata: { parent: ROOT_ID, name: 'film over tus', conflict: 'keep-both' },
      chunkSize: most,
      retryDelays: null,
      onError: reject,
      onSuccess: ({ lastResponse }) =>
        lastResponse.getHeader(uploadHeaders.node) === undefined ? reject(new Error('no asset')) : resolve(),
    })
    upload.start()
  })
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function say(what: string, result: string): void {
  console.log(`${what.padEnd(60)} ${result}`)
}
