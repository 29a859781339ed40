import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { VitrineError } from '@vitrine/domain'
import { checkAnswer, type MadePicture, renditionLimit } from './check-answer.ts'
import { type Frame, frameHead, readFrames } from './frames.ts'
import type { DecodeAnswer } from './protocol.ts'

/** What one picture may cost. */
export interface DecodeLimits {
  /** Of a processor, in ms: a busy machine makes no picture fail. Where that cannot be told, of the clock, 5 times as long. */
  readonly time: number
  /** Resident memory of the decoder, in bytes. */
  readonly memory: number
  readonly pixels: number
}

/** A picture to be decoded. */
export interface PictureSource {
  readonly bytes: AsyncIterable<Uint8Array>
  /** In bytes. */
  readonly size: number
}

/** The decoder went away for a reason that lies outside of the picture: try again. */
export class DecoderLostError extends Error {
  override readonly name = 'DecoderLostError'
}

/** The failure of work that was broken off by its signal. */
export function brokenOff(signal: AbortSignal): DecoderLostError {
  return new DecoderLostError('the work was broken off', { cause: signal.reason })
}

/** How often is looked at what a decoder uses, in ms. */
const watchInterval = 50

const damaged = 'This file is damaged, or is not what it says.'

/** One decoder process. It takes one picture at a time. */
export class Decoder {
  readonly #process: ChildProcess
  readonly #answers: AsyncIterator<Frame<DecodeAnswer>>
  readonly #gone: Promise<string>
  #stderr = ''
  #killed = false

  private constructor(started: ChildProcess) {
    this.#process = started
    const { stdin, stdout, stderr } = pipesOf(started)
    this.#answers = readFrames<DecodeAnswer>(stdout, { header: 4000, body: 2 * renditionLimit })
    this.#gone = new Promise((resolve) => {
      started.once('error', (error) => resolve(error.message))
      started.once('exit', (code, signal) => resolve(signal ?? `status ${code}`))
    })
    // Writing to a process that is gone: its end is noticed elsewhere.
    stdin.on('error', () => {})
    stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr = (this.#stderr + text).slice(-2000)))
  }

  /**
   * Waits until a process that was just started can take pictures.
   *
   * @throws {DecoderLostError} when it ends instead, or takes longer than 30 s
   */
  static async ready(started: ChildProcess): Promise<Decoder> {
    const decoder = new Decoder(started)
    const late = AbortSignal.timeout(30_000)
    const first = await Promise.race([decoder.#answers.next(), decoder.#gone, once(late, 'abort')])
    if (typeof first === 'object' && 'value' in first && first.value?.header.kind === 'ready') return decoder
    decoder.kill()
    throw new DecoderLostError(`the decoder did not start: ${await decoder.#gone} ${decoder.#stderr}`)
  }

  /** Ids of the process and of its process group. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Whether the process has ended, or is about to. */
  get isGone(): boolean {
    return (
      this.#killed ||
      this.#process.exitCode !== null ||
      this.#process.signalCode !== null ||
      this.#process.pid === undefined
    )
  }

  /**
   * Has one picture decoded. After a failure the process may be gone.
   *
   * @throws {VitrineError} `rendition/…` when the picture is the reason
   * @throws {DecoderLostError} when it is not, or `signal` was aborted
   */
  async decode(source: PictureSource, limits: DecodeLimits, signal: AbortSignal): Promise<MadePicture> {
    const watch = new AbortController()
    const ends = [
      this.#converse(source, limits),
      this.#watch(limits, watch.signal),
      tooLong(5 * limits.time, watch.signal),
      aborted(signal, watch.signal),
    ]
    for (const end of ends) end.catch(() => {})
    try {
      return await Promise.race(ends)
    } catch (error) {
      if (!(error instanceof VitrineError && error.facts['byDecoder'])) this.kill()
      throw error
    } finally {
      watch.abort()
    }
  }

  /** Ends the process and all that it started, at once. */
  kill(): void {
    const { pid } = this.#process
    if (pid === undefined || this.isGone) return
    this.#killed = true
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      this.#process.kill('SIGKILL')
    }
  }

  /** Lets the process end by itself, and waits until it has. */
  async end(): Promise<void> {
    this.#process.stdin?.end()
    const late = setTimeout(() => this.kill(), 2000)
    await this.#gone
    clearTimeout(late)
  }

  async #converse(source: PictureSource, limits: DecodeLimits): Promise<MadePicture> {
    const sent = this.#send(source, limits.pixels)
    sent.catch(() => {})
    // The pipe's end, an answer, or something that is none.
    const { value } = await this.#answers.next().catch((error: unknown) => {
      throw new VitrineError('rendition/damaged', damaged, { reason: String(error) })
    })
    if (!value) throw this.#endOf(await this.#gone)
    await sent
    return checkAnswer(value as Frame<DecodeAnswer>)
  }

  async #send(source: PictureSource, pixelLimit: number): Promise<void> {
    const { stdin } = pipesOf(this.#process)
    stdin.write(frameHead({ bodyLength: source.size, pixelLimit }))
    for await (const chunk of source.bytes) {
      if (this.isGone) return
      if (!stdin.write(chunk)) await Promise.race([once(stdin, 'drain'), this.#gone])
    }
  }

  /** A crash of the decoder's own making is the picture's fault; being killed is not. */
  #endOf(how: string): Error {
    const facts = { how, stderr: this.#stderr }
    if (how === 'SIGKILL' || how === 'SIGTERM') return new DecoderLostError(`the decoder was ended: ${how}`)
    if (/memory|allocat/i.test(this.#stderr)) {
      return new VitrineError('rendition/too-large', 'This picture needs too much memory to be shown.', facts)
    }
    return new VitrineError('rendition/damaged', damaged, facts)
  }

  async #watch(limits: DecodeLimits, signal: AbortSignal): Promise<never> {
    const before = await usageOf(this.pid)
    for (;;) {
      await sleep(watchInterval, undefined, { signal })
      const { time, memory } = await usageOf(this.pid)
      if (memory > limits.memory) {
        throw new VitrineError('rendition/too-large', 'This picture needs too much memory to be shown.', { memory })
      }
      if (time - before.time > limits.time) throw tooSlow({ time: time - before.time })
    }
  }
}

/** What a process has used: time of processors in ms, resident memory in bytes. Nothing, where that cannot be told. */
async function usageOf(pid: number | undefined): Promise<{ time: number; memory: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  // The name, in parentheses, may hold spaces. After it come the fields from the third on (proc_pid_stat(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3] ?? 0)
  return { time: (field(14) + field(15)) * tick, memory: field(24) * pageSize }
}

/** Unit of times in /proc, in ms. */
const tick = 10

/** Size of a page of memory where /proc counts in them. Other sizes make the watch stricter or laxer, never blind. */
const pageSize = 4096

/** On Linux the time of processors is watched: a decoder that used little of it was kept waiting, or waits for ever. */
async function tooLong(limit: number, signal: AbortSignal): Promise<never> {
  await sleep(limit, undefined, { signal })
  throw process.platform === 'linux' ? new DecoderLostError(`no answer for ${limit} ms`) : tooSlow({ limit })
}

function tooSlow(facts: Record<string, number>): VitrineError {
  return new VitrineError('rendition/timed-out', 'This picture takes too long to be shown.', facts)
}

async function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort', { signal: over })
  throw brokenOff(signal)
}

function pipesOf({ stdin, stdout, stderr }: ChildProcess): { stdin: Writable; stdout: Readable; stderr: Readable } {
  if (!stdin || !stdout || !stderr) throw new Error('a decoder needs its three pipes')
  return { stdin, stdout, stderr }
}
