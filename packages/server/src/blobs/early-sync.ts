import type { FileHandle } from 'node:fs/promises'

/** So much may wait to be put on the disk before that is begun, in bytes. */
const step = 32 << 20

/**
 * Puts what was written of a file on the disk while more of it is being written. Left to itself, the system begins only
 * when a tenth of the memory waits; then the last sync does all the work, and the disk had nothing to do before.
 */
export class EarlySync {
  readonly #file: FileHandle
  #waiting = 0
  #isRunning = false
  #failure: { readonly error: unknown } | undefined
  /** Resolves when none is running any more. Never rejects. */
  ended = Promise.resolve()

  constructor(file: FileHandle) {
    this.#file = file
  }

  /** So many bytes more were written. */
  wrote(length: number): void {
    this.#waiting += length
    if (this.#isRunning || this.#waiting < step) return
    this.#waiting = 0
    this.#isRunning = true
    this.ended = this.#sync()
  }

  /** Throws what went wrong: the system tells it once, and the next sync would succeed without these bytes. */
  throwFailure(): void {
    if (this.#failure) throw this.#failure.error
  }

  async #sync(): Promise<void> {
    try {
      await this.#file.datasync()
    } catch (error) {
      this.#failure ??= { error }
    } finally {
      this.#isRunning = false
    }
  }
}
