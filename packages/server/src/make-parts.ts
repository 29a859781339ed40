import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DiskBlobStore } from './blobs/disk-blob-store.ts'
import { RunningTransfers } from './downloads/transfer/running-transfers.ts'
import { openKeys } from './keys.ts'
import { migrate } from './db/migrate.ts'
import { Notifications } from './db/listen.ts'
import { openDatabase } from './db/open.ts'
import { EventHub } from './events/event-hub.ts'
import { Listeners } from './http/listeners.ts'
import { createMetrics } from './http/metrics.ts'
import { BossQueue } from './jobs/boss-queue.ts'
import { handlers } from './jobs/handlers.ts'
import { idMaker } from './new-id.ts'
import type { Config } from './config.ts'
import { Secret } from './secret.ts'
import type { Log } from './log/create-log.ts'
import { unrevokedLinks } from './share-links/revoke-share-link.ts'
import { resumeOperations } from './operations/resume-operations.ts'
import { suspendLinksOnMove } from './share-links/suspend-links.ts'
import type { Parts } from './parts.ts'
import { DecoderPool } from './renditions/decoder/decoder-pool.ts'
import { resumeBegun } from './renditions/resume-renditions.ts'

/** What parts are made of. */
export interface PartsOptions {
  readonly log: Log
  readonly clock?: () => number
  /** `postgresql://…` */
  readonly databaseUrl: string
  readonly stopping: AbortSignal
}

/**
 * Makes the parts, in order, on a database that is brought up to date.
 *
 * @param undo gets what ends them, in the order in which they were made
 */
export async function makeParts(
  config: Config,
  options: PartsOptions,
  undo: (() => Promise<void> | void)[],
): Promise<Parts> {
  const { log, clock = Date.now, databaseUrl } = options
  const { db, pool, close } = openDatabase({
    url: databaseUrl,
    connections: config.databaseConnections,
    onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
  })
  undo.push(close)
  const applied = await migrate(pool)
  if (applied.length > 0) log.info({ applied }, 'migrated the database')
  const notifications = await Notifications.open(databaseUrl, (error) =>
    log.warn({ err: error }, 'the connection for notifications was lost'),
  )
  undo.push(() => notifications.close())
  const keys = await openKeys(config.dataFolder)
  const transfers = await RunningTransfers.open({ db, log, notifications, unrevoked: (ids) => unrevokedLinks(db, ids) })
  undo.push(() => transfers.close())
  const metrics = createMetrics()
  const events = await EventHub.open({ db, clock, log, metrics, notifications, stopping: options.stopping })
  undo.push(() => events.close())
  const decoders = new DecoderPool({ log, size: config.jobs })
  undo.push(() => decoders.close())
  const queue = await BossQueue.open({ pool, notifications, log, atOnce: config.jobs })
  undo.push(() => queue.stop(config.stopGrace))
  const parts: Parts = {
    config,
    log,
    clock,
    newId: idMaker(clock),
    keys,
    db,
    notifications,
    metrics,
    listeners: new Listeners(),
    transfers,
    events,
    stopping: options.stopping,
    localToken: new Secret(randomBytes(32).toString('base64url')),
    blobs: await DiskBlobStore.open(join(config.dataFolder, 'blobs')),
    queue,
    decoders,
  }
  await resumeBegun(parts)
  await resumeOperations(parts)
  await queue.startWorkers(parts, handlers)
  undo.push(await suspendLinksOnMove(parts))
  return parts
}
