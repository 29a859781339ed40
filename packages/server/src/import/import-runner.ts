import { importById, runningImports } from './import-store.ts'
import { type ImportParts, runImport } from './run-import.ts'

/** Runs the imports of this process, in the background. */
export class ImportRunner {
  readonly #parts: ImportParts
  readonly #running = new Map<string, { readonly ending: AbortController; readonly done: Promise<void> }>()
  #stopped = false

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  /** Whether this process runs it now. */
  isRunning(id: string): boolean {
    return this.#running.has(id)
  }

  /** Begins an import that has a row, unless it runs already. */
  start(id: string): void {
    if (this.#stopped || this.#running.has(id)) return
    const ending = new AbortController()
    const done = this.#run(id, ending.signal).finally(() => this.#running.delete(id))
    this.#running.set(id, { ending, done })
  }

  /** Ends an import whose row says that it is cancelled, and waits until nothing of it is under way. */
  async cancel(id: string): Promise<void> {
    // Its next writing of the progress would find out, too.
    await this.#running.get(id)?.done
  }

  /** Goes on with imports that a process had begun which is no more. */
  async resume(): Promise<void> {
    for (const id of await runningImports(this.#parts.db)) this.start(id)
  }

  /** Ends all. The next process goes on with them. */
  async stop(): Promise<void> {
    this.#stopped = true
    const running = [...this.#running.values()]
    for (const { ending } of running) ending.abort(new Error('the server stops'))
    await Promise.allSettled(running.map(({ done }) => done))
  }

  async #run(id: string, signal: AbortSignal): Promise<void> {
    try {
      const begun = await importById(this.#parts.db, id)
      if (begun?.state === 'running') await runImport(this.#parts, begun, signal)
    } catch (error) {
      this.#parts.log.error({ err: error, import: id }, 'an import broke off')
    }
  }
}
