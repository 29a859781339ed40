import { ContentDamagedError } from './content-damaged-error.ts'
import type { ReadingPiece, ReadingThreads } from './reading-threads.ts'

/** Fewer files than this are read in place: handing them over would take longer. */
const FEWEST = 4

/** The small files of one chunk, gathered while the chunk is laid out, then read together by a thread. */
export class ReadingBatch {
  readonly #pieces: ReadingPiece[] = []
  #isOpen = true
  /** Settles when all pieces are in the buffer, or one could not be read. */
  readonly done: Promise<void>

  /**
   * @param readHere reads a piece in place, when there are too few to hand over
   */
  constructor(memory: SharedArrayBuffer, threads: ReadingThreads, readHere: (piece: ReadingPiece) => void) {
    // A microtask: it runs when the laying out of the chunk pauses or ends.
    this.done = Promise.resolve().then(() => this.#read(memory, threads, readHere))
  }

  async #read(memory: SharedArrayBuffer, threads: ReadingThreads, readHere: (piece: ReadingPiece) => void) {
    this.#isOpen = false
    if (this.#pieces.length < FEWEST) {
      for (const piece of this.#pieces) readHere(piece)
      return
    }
    try {
      await threads.read(memory, this.#pieces)
    } catch (cause) {
      throw new ContentDamagedError('a content cannot be read', { cause })
    }
  }

  /** Whether pieces can still be added. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Adds a piece, and gives the promise of them all. */
  add(piece: ReadingPiece): Promise<void> {
    this.#pieces.push(piece)
    return this.done
  }
}
