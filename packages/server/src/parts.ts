import type { FastifyBaseLogger } from 'fastify'
import type { BlobStore } from './blobs/blob-store.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open.ts'
import type { Queue } from './jobs/queue.ts'
import type { Keys } from './keys.ts'

/**
 * Everything that a use case may need, made once, in order, in `makeParts`.
 *
 * A use case names what it takes: `Pick<Parts, 'db' | 'clock'>`.
 */
export interface Parts {
  readonly config: Config
  readonly log: FastifyBaseLogger
  /** Now, in ms since the Unix epoch. */
  readonly clock: () => number
  /** A new UUID, version 7: ids made later sort later. */
  readonly newId: () => string
  readonly keys: Keys
  readonly db: Database
  readonly blobs: BlobStore
  readonly queue: Queue
}
