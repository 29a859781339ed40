import { setTimeout as sleep } from 'node:timers/promises'
import { Pool, type PoolClient } from 'pg'
import { isConnectionFailure } from './failures.ts'

/** How long a connection is tried for, in ms: PostgreSQL may just be starting again. */
const patience = 15_000

type Callback = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void

/**
 * A pool that keeps trying while PostgreSQL starts, stops or recovers. To ask for a connection changes
 * nothing, so it may be asked for again; a query that failed may not, and is not.
 */
export class PatientPool extends Pool {
  override connect(): Promise<PoolClient>
  override connect(callback: Callback): void
  override connect(callback?: Callback): Promise<PoolClient> | undefined {
    if (!callback) return this.#connectPatiently()
    void this.#answer(callback)
    return undefined
  }

  async #answer(callback: Callback): Promise<void> {
    let client: PoolClient
    try {
      client = await this.#connectPatiently()
    } catch (error) {
      return callback(error as Error, undefined, () => {})
    }
    callback(undefined, client, (release) => client.release(release as boolean))
  }

  async #connectPatiently(): Promise<PoolClient> {
    const deadline = performance.now() + patience
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      try {
        return await super.connect()
      } catch (error) {
        if (this.ending || !isConnectionFailure(error) || performance.now() > deadline) throw error
        await sleep(pause)
      }
    }
  }
}
