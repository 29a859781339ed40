import type { PrincipalId } from '@vitrine/domain'
import {
  type Ingested,
  ingestFiles,
  type IngestParts,
  type NewAsset,
  type NewVersion,
} from '../repository/ingest-files.ts'

/** A staged file on its way, and who wants to know when it is in. */
export interface OnItsWay {
  readonly file: NewAsset | NewVersion
  readonly onIngested: (ingested: Ingested) => void
}

// Many small files share the commit and the syncing of folders; a large one does not wait for others.
const mostFiles = 200
const mostBytes = 64 * 1024 * 1024
/** A batch that is not full goes after so long, in ms: somebody may be watching the folder fill. */
const longestWait = 500

/** Takes in staged files in batches, one batch at a time, while more are being staged. */
export class IngestBatches {
  readonly #parts: IngestParts
  readonly #by: PrincipalId
  #batch: OnItsWay[] = []
  #bytes = 0
  #begunAt = 0
  #before: Promise<void> = Promise.resolve()

  constructor(parts: IngestParts, by: PrincipalId) {
    this.#parts = parts
    this.#by = by
  }

  /** Adds a file. Waits while the batch that it fills and the one before it are taken in. */
  async add(one: OnItsWay): Promise<void> {
    if (this.#batch.length === 0) this.#begunAt = performance.now()
    this.#batch.push(one)
    this.#bytes += one.file.content.size
    const isFull =
      this.#batch.length >= mostFiles || this.#bytes >= mostBytes || performance.now() - this.#begunAt > longestWait
    if (isFull) await this.flush()
  }

  /** Takes in what waits. */
  async flush(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    this.#bytes = 0
    const turn = this.#before.then(() => this.#ingest(batch))
    this.#before = turn.catch(() => {})
    await turn
  }

  /** Gives up what waits. */
  async discard(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    await this.#before
    await this.#parts.blobs.discard(batch.map(({ file }) => file.content))
  }

  async #ingest(batch: readonly OnItsWay[]): Promise<void> {
    const ingested = await ingestFiles(
      this.#parts,
      this.#by,
      batch.map(({ file }) => file),
    )
    for (const [index, one] of ingested.entries()) batch[index]?.onIngested(one)
  }
}
