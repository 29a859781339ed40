import { VitrineError } from '@vitrine/domain'
import type { Piece } from './piece.ts'

/** Something that is done with an upload now. */
interface Running {
  readonly piece: Piece
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>
}

/**
 * What this process does with uploads now: one thing at a time with each. Other processes are kept out by the blob store,
 * which lets only one write, and by the database.
 *
 * Who comes while bytes are coming is refused. But where nothing comes any more, the sender has most likely lost that
 * connection, and it is they who come again: then what runs is cut.
 */
export class RunningUploads {
  readonly #running = new Map<string, Running>()

  /**
   * Does something with an upload.
   *
   * @throws {VitrineError} `upload/locked` while something else is done with it
   */
  async alone<Result>(id: string, piece: Piece, work: () => Promise<Result>): Promise<Result> {
    await this.settle(id)
    if (this.#running.has(id)) throw locked()
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    this.#running.set(id, { piece, ended })
    try {
      return await work()
    } finally {
      this.#running.delete(id)
      resolve()
    }
  }

  /** Waits until what was silent has been cut, and what came of it is kept. */
  async settle(id: string): Promise<void> {
    const running = this.#running.get(id)
    if (running?.piece.isSilent() === true) await cut(running)
  }

  /** Cuts what runs. */
  async cut(id: string): Promise<void> {
    const running = this.#running.get(id)
    if (running) await cut(running)
  }

  /** Waits for everything that runs: once the connections are closed, what came is still made durable. */
  async ended(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }
}

async function cut({ piece, ended }: Running): Promise<void> {
  piece.cut()
  await ended
}

/** The failure of an upload that somebody else is sending bytes of. */
export function locked(): VitrineError {
  return new VitrineError('upload/locked', 'Bytes of this upload are arriving already. Please try again in a moment.')
}
