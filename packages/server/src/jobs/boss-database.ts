import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Db } from 'pg-boss'
import type { Notifications } from '../db/listen.ts'
import type { Transaction } from '../db/open.ts'

/** Lets pg-boss use our connections: it opens none of its own. */
export function bossDatabase(pool: pg.Pool, notifications: Notifications): Db {
  return {
    executeSql: (text, values) => pool.query(text, values),
    async listen(channel, onNotification, onReconnect) {
      const stop = await notifications.on(channel, ({ payload, missed }) =>
        missed ? onReconnect() : onNotification(payload),
      )
      return { close: async () => stop() }
    },
  }
}

/** Lets pg-boss take part in a transaction of ours. */
export function bossTransaction(tx: Transaction): Db {
  return {
    async executeSql(text, values) {
      const { rows } = await tx.executeQuery(CompiledQuery.raw(text, values ?? []))
      return { rows: [...rows] }
    },
  }
}
