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
  /** In ms. */
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

/** How often a decoder's memory is looked at, in ms. */
const watchInterval = 50

/** Size of a page of memory where statm counts in them. Other sizes make the watch stricter or laxer, never blind. */
const pageSize = 4096

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
      this.#watchMemory(limits.memory, watch.signal),
      tooLong(limits.time, watch.signal),
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

  async #watchMemory(limit: number, signal: AbortSignal): Promise<never> {
    for (;;) {
      await sleep(watchInterval, undefined, { signal })
      const statm = await readFile(`/proc/${this.pid}/statm`, 'latin1').catch(() => '')
      const resident = Number(statm.split(' ')[1] ?? 0) * pageSize
      if (resident > limit) {
        throw new VitrineError('rendition/too-large', 'This picture needs too much memory to be shown.', {
          resident,
          limit,
        })
      }
    }
  }
}

async function tooLong(limit: number, signal: AbortSignal): Promise<never> {
  await sleep(limit, undefined, { signal })
  throw new VitrineError('rendition/timed-out', 'This picture takes too long to be shown.', { limit })
}

async function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort', { signal: over })
  throw brokenOff(signal)
}

function pipesOf({ stdin, stdout, stderr }: ChildProcess): { stdin: Writable; stdout: Readable; stderr: Readable } {
  if (!stdin || !stdout || !stderr) throw new Error('a decoder needs its three pipes')
  return { stdin, stdout, stderr }
}
