import type { FastifyBaseLogger } from 'fastify'
import type { BlobStore } from './blobs/blob-store.ts'
import type { Config } from './config.ts'
import type { Notifications } from './db/listen.ts'
import type { Database } from './db/open.ts'
import type { EventHub } from './events/event-hub.ts'
import type { RunningTransfers } from './downloads/transfer/running-transfers.ts'
import type { Listeners } from './http/listeners.ts'
import type { Metrics } from './http/metrics.ts'
import type { Queue } from './jobs/queue.ts'
import type { Keys } from './keys.ts'
import type { DecoderPool } from './renditions/decoder/decoder-pool.ts'
import type { Secret } from './secret.ts'

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
  /** Decodes pictures in processes of their own. */
  readonly decoders: DecoderPool
  /** What other processes on the same database say with `NOTIFY`. */
  readonly notifications: Notifications
  readonly metrics: Metrics
  /** Where this process listens. */
  readonly listeners: Listeners
  /** What this process sends now, and what cuts it. */
  readonly transfers: RunningTransfers
  /** Whom this process tells what changes. */
  readonly events: EventHub
  /**
   * Lets commands on this machine act as `admin` on the main listener: `Authorization: Bearer …`. New with
   * every start, and only in `server.json`, which the owner of the data folder alone can read.
   */
  readonly localToken: Secret
  /** Aborted when the process was asked to stop: what can end early, should. Transfers may go on for a while. */
  readonly stopping: AbortSignal
}
