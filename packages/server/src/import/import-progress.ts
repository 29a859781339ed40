import type { ImportBody } from '@vitrine/api'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { type StoredImport, updateProgress } from './import-store.ts'

/** How often the row is written, in ms: it shows that something happens, and costs next to nothing. */
const interval = 400

/** How far an import is, for whoever looks; and whether somebody has cancelled it meanwhile. */
export class ImportProgress {
  readonly #parts: Pick<Parts, 'db' | 'log'>
  readonly #import: Pick<StoredImport, 'id' | 'startedBy'>
  readonly #cancelled = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly #count = { filesDone: 0, bytesDone: 0, filesTotal: 0, bytesTotal: 0 }
  #isCounted = false
  #writing: Promise<void> = Promise.resolve()

  constructor(parts: Pick<Parts, 'db' | 'log'>, begun: Pick<StoredImport, 'id' | 'startedBy'>) {
    this.#parts = parts
    this.#import = begun
    this.#timer = setInterval(() => {
      this.#writing = this.#writing.then(() => this.#write())
    }, interval)
  }

  /** Aborted when somebody has cancelled the import. */
  get cancelled(): AbortSignal {
    return this.#cancelled.signal
  }

  get now(): ImportBody['progress'] {
    const { filesDone, bytesDone, filesTotal, bytesTotal } = this.#count
    if (this.#isCounted) return { filesDone, bytesDone, filesTotal, bytesTotal }
    // While they are counted, what was counted so far is the progress.
    return { filesDone: filesTotal, bytesDone: 0, filesTotal: null, bytesTotal: null }
  }

  counted(size: number): void {
    this.#count.filesTotal += 1
    this.#count.bytesTotal += size
  }

  countedAll(): void {
    this.#isCounted = true
  }

  /** A file needs nothing more. */
  done(size: number): void {
    this.#count.filesDone += 1
    this.#count.bytesDone += size
  }

  /** A file is being read. What was read of it counts, until it is done with what it came to. */
  begin(): { readonly onBytes: (length: number) => void; readonly done: (size: number) => void } {
    let read = 0
    return {
      onBytes: (length) => {
        read += length
        this.#count.bytesDone += length
      },
      done: (size) => this.done(size - read),
    }
  }

  /** Writes no more. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
  }

  async #write(): Promise<void> {
    const { id, startedBy } = this.#import
    try {
      const isRunning = await inTransaction(this.#parts.db, async (tx) => {
        await announceChange(tx, { workOf: [startedBy] })
        return updateProgress(tx, id, this.now)
      })
      if (!isRunning) this.#cancelled.abort(new Error('cancelled'))
    } catch (error) {
      this.#parts.log.warn({ err: error, import: id }, 'the progress of an import could not be written')
    }
  }
}
