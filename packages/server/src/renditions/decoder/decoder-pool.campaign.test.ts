import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { pino } from 'pino'
import { soak } from '@vitrine/testkit/soak'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { VitrineError } from '@vitrine/domain'
import { photo, pixelBomb, quarters } from './a-picture.ts'
import { type DecodeLimits, DecoderLostError } from './decoder.ts'
import { DecoderPool } from './decoder-pool.ts'

const log = pino({ level: 'silent' })
const never = new AbortController().signal
const isLinux = process.platform === 'linux'

function aPool(limits: Partial<DecodeLimits> = {}, idle?: number): DecoderPool {
  const pool = new DecoderPool({ log, size: 1, limits, ...(idle === undefined ? {} : { idle }) })
  onTestFinished(() => pool.close())
  return pool
}

function sourceOf(bytes: Uint8Array) {
  return {
    size: bytes.length,
    bytes: (async function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
    })(),
  }
}

const small = await quarters(64, 48).png().toBuffer()
/** Takes a second or so. */
const large = pixelBomb(12_000)

describe('a decoder', () => {
  it('works for one picture after another, and stays the same process', async () => {
    const pool = aPool()
    const pids = new Set<number | undefined>()
    for (let count = 0; count < 3; count += 1) {
      const { picture, renditions } = await pool.decode(sourceOf(small), never)
      expect(picture).toEqual({ width: 64, height: 48 })
      expect(renditions.map(({ name }) => name)).toEqual(['web.1280', 'thumbnail.319'])
      pids.add(pool.idlePids[0])
    }
    expect(pids.size).toBe(1)
  })

  it('ends when there was no work for a while', async () => {
    const pool = aPool({}, 50)
    await pool.decode(sourceOf(small), never)
    const [pid] = pool.idlePids
    await expect.poll(() => isAlive(pid)).toBe(false)
    expect(pool.idlePids).toEqual([])
    await pool.decode(sourceOf(small), never)
  })

  it.runIf(isLinux)('has no secret, no network, no rights of root, and gives way to pages', async () => {
    const pool = aPool()
    await pool.decode(sourceOf(small), never)
    const [pid] = pool.idlePids
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
    expect(environment.split('\0').map((line) => line.split('=')[0])).toEqual([
      'PATH',
      'LANG',
      'UV_THREADPOOL_SIZE',
      'MALLOC_ARENA_MAX',
      '',
    ])
    const [, network = ''] = readFileSync(`/proc/${pid}/net/dev`, 'utf8').split('\n').slice(1)
    expect(network).toContain('lo:')
    expect(readFileSync(`/proc/${pid}/net/route`, 'utf8').trim().split('\n')).toHaveLength(1)
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    if (process.getuid?.() === 0) expect(status).toMatch(/^Uid:\t65534\t65534\t65534/m)
    const nice = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[16])
    expect(nice).toBe(10)
  })

  it('that was killed at work is replaced, and the picture may be tried again', async () => {
    const pool = aPool()
    await pool.decode(sourceOf(small), never)
    const [pid] = pool.idlePids
    const outcome = pool.decode(sourceOf(large), never)
    process.kill(Number(pid), 'SIGKILL')
    await expect(outcome).rejects.toBeInstanceOf(DecoderLostError)
    expect((await pool.decode(sourceOf(large), never)).picture).toEqual({ width: 12_000, height: 12_000 })
  })

  it('that crashed did so because of the picture', async () => {
    const pool = aPool()
    await pool.decode(sourceOf(small), never)
    const [pid] = pool.idlePids
    const outcome = pool.decode(sourceOf(large), never)
    process.kill(Number(pid), 'SIGSEGV')
    await expect(outcome).rejects.toMatchObject({ code: 'rendition/damaged' })
    await pool.decode(sourceOf(small), never)
  })

  it('is ended when its work is broken off', async () => {
    const pool = aPool()
    await pool.decode(sourceOf(small), never)
    const [pid] = pool.idlePids
    const stop = new AbortController()
    const outcome = pool.decode(sourceOf(large), stop.signal)
    stop.abort()
    await expect(outcome).rejects.toBeInstanceOf(DecoderLostError)
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  it.runIf(isLinux)('ends when the server dies, also at work', async () => {
    const script = join(import.meta.dirname, 'decode-for-ever.fixture.ts')
    const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    expect(isAlive(pid)).toBe(true)
    server.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })
})

describe('a limit', () => {
  it('on time is kept', async () => {
    const pool = aPool({ time: 100 })
    await expect(pool.decode(sourceOf(large), never)).rejects.toMatchObject({ code: 'rendition/timed-out' })
  })

  it.runIf(isLinux)('on memory is kept', async () => {
    const hungry = pixelBomb(16_000, true)
    const pool = aPool({ memory: 250 << 20 })
    await expect(pool.decode(sourceOf(hungry), never)).rejects.toMatchObject({ code: 'rendition/too-large' })
    await pool.decode(sourceOf(small), never)
  })

  it('on pixels is kept by the process too', async () => {
    const pool = aPool()
    await expect(pool.decode(sourceOf(pixelBomb(30_000)), never)).rejects.toMatchObject({ code: 'rendition/too-large' })
    await pool.decode(sourceOf(small), never)
  })

  it('on the file keeps it from being read', async () => {
    const pool = aPool()
    const endless = {
      size: 1 << 30,
      bytes: (async function* (): AsyncGenerator<Uint8Array> {
        yield await Promise.reject(new Error('this was read'))
      })(),
    }
    await expect(pool.decode(endless, never)).rejects.toMatchObject({ code: 'rendition/too-large' })
  })
})

describe('hostile bytes', () => {
  const pool = new DecoderPool({ log, size: 2, limits: { time: 20_000 } })
  afterAll(() => pool.close())
  const runs = { numRuns: soak ? 3000 : 25 }
  const formats = ['jpeg', 'png', 'gif', 'webp'] as const
  const pictures = Promise.all(formats.map(async (format) => (await photo(320, 240, 5))[format]().toBuffer()))

  it(
    'that end early give renditions or a named failure',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(3), fc.double({ min: 0, max: 1, noNaN: true }), async (which, part) => {
          const whole = (await pictures)[which] ?? small
          await expectNamedOutcome(pool, whole.subarray(0, Math.floor(whole.length * part)))
        }),
        { numRuns: runs.numRuns * 2 },
      )
    },
    soak ? 3_600_000 : 60_000,
  )

  it(
    'with flipped bits give renditions or a named failure',
    async () => {
      const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(7)), {
        minLength: 1,
        maxLength: 20,
      })
      await fc.assert(
        fc.asyncProperty(fc.nat(3), flips, async (which, places) => {
          const bytes = Buffer.from((await pictures)[which] ?? small)
          for (const [place, bit] of places) {
            const at = Math.floor(place * bytes.length)
            bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
          }
          await expectNamedOutcome(pool, bytes)
        }),
        { numRuns: runs.numRuns * 2 },
      )
    },
    soak ? 3_600_000 : 60_000,
  )
})

async function expectNamedOutcome(pool: DecoderPool, bytes: Buffer): Promise<void> {
  try {
    const { renditions } = await pool.decode(sourceOf(bytes), never)
    expect(renditions).toHaveLength(2)
  } catch (error) {
    expect(error).toBeInstanceOf(VitrineError)
    expect((error as VitrineError).code).toMatch(/^rendition\/(damaged|too-large|unsupported|timed-out)$/)
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}
