import { availableParallelism, totalmem } from 'node:os'
import type { FastifyBaseLogger } from 'fastify'
import { VitrineError } from '@vitrine/domain'
import { Gate } from '../../gate.ts'
import type { MadePicture } from './check-answer.ts'
import { brokenOff, type DecodeLimits, Decoder, type PictureSource } from './decoder.ts'
import { type Confinement, findConfinement, launchDecoder } from './launch-decoder.ts'

/** How decoders are kept. */
export interface DecoderPoolOptions {
  readonly log: FastifyBaseLogger
  /** Processes at most. Usual: one a processor. */
  readonly size?: number
  readonly limits?: Partial<DecodeLimits>
  /** How long a decoder without work stays, in ms. */
  readonly idle?: number
}

/** Largest file that is decoded, in bytes: a decoder holds it in memory. */
export const pictureLimit = 512 << 20

/** Pictures after which a decoder is replaced: what a library leaks ends with it. */
const picturesEach = 500

/** The usual limits: a minute of a processor, a GiB or a quarter of the machine's memory, 268 million pixels (sharp's own limit). */
const usual: DecodeLimits = {
  time: 60_000,
  memory: Math.min(1 << 30, Math.max(256 << 20, totalmem() / 4)),
  pixels: 0x3fff * 0x3fff,
}

/**
 * Decodes pictures of strangers in processes of their own: without network, environment, files or rights of root, and
 * with limits on time, memory and pixels. Processes start when they are needed, and end after some seconds without work.
 */
export class DecoderPool {
  readonly #log: FastifyBaseLogger
  readonly #limits: DecodeLimits
  readonly #idleTime: number
  readonly #idle: Resident[] = []
  readonly #turns: Gate
  #confinement: Promise<Confinement> | undefined
  #closed = false

  constructor(options: DecoderPoolOptions) {
    this.#log = options.log
    this.#limits = { ...usual, ...options.limits }
    this.#idleTime = options.idle ?? 10_000
    this.#turns = new Gate(options.size ?? availableParallelism())
  }

  /** Ids of the processes that wait for work. */
  get idlePids(): readonly (number | undefined)[] {
    return this.#idle.map(({ decoder }) => decoder.pid)
  }

  /**
   * Makes the renditions of one picture, as soon as a decoder is free.
   *
   * @param signal breaks off
   * @throws {VitrineError} `rendition/…`: this picture will never have renditions
   * @throws {DecoderLostError} the reason is not the picture: try again
   */
  async decode(source: PictureSource, signal: AbortSignal): Promise<MadePicture> {
    if (source.size > pictureLimit) {
      throw new VitrineError('rendition/too-large', 'This file is too large to be shown.', { size: source.size })
    }
    if (signal.aborted) throw brokenOff(signal)
    return this.#turns.run(() => this.#decodeNow(source, signal))
  }

  /** Ends all processes. Pictures that are being decoded are broken off by their signals, not here. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#idle.splice(0).map(({ decoder, timer }) => (clearTimeout(timer), decoder.end())))
  }

  async #decodeNow(source: PictureSource, signal: AbortSignal): Promise<MadePicture> {
    // Its turn may have come only after it was broken off.
    if (signal.aborted) throw brokenOff(signal)
    const resident = this.#takeIdle() ?? { decoder: await this.#start(), pictures: 0 }
    try {
      return await resident.decoder.decode(source, this.#limits, signal)
    } finally {
      this.#release({ ...resident, pictures: resident.pictures + 1 })
    }
  }

  #takeIdle(): Resident | undefined {
    for (let resident = this.#idle.pop(); resident; resident = this.#idle.pop()) {
      clearTimeout(resident.timer)
      if (!resident.decoder.isGone) return resident
    }
    return undefined
  }

  #release(resident: Resident): void {
    if (resident.decoder.isGone) return
    if (this.#closed || resident.pictures >= picturesEach) return void resident.decoder.end()
    const timer = setTimeout(() => {
      const at = this.#idle.findIndex(({ decoder }) => decoder === resident.decoder)
      if (at >= 0) this.#idle.splice(at, 1)
      void resident.decoder.end()
    }, this.#idleTime)
    this.#idle.push({ ...resident, timer: timer.unref() })
  }

  async #start(): Promise<Decoder> {
    this.#confinement ??= findConfinement(this.#limits)
    const confinement = await this.#confinement
    this.#log.debug({ confinement: confinement.name }, 'starting a decoder')
    return Decoder.ready(launchDecoder(confinement, this.#limits))
  }
}

interface Resident {
  readonly decoder: Decoder
  /** Pictures that it has been given. */
  readonly pictures: number
  readonly timer?: NodeJS.Timeout
}
