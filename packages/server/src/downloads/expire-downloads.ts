import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { expireSome, removeEnded } from './ended-download-store.ts'

/** Downloads that are ended in one transaction at most. */
const batch = 500
/** How long the inbox still says what became of a download that has ended, in ms. */
const shownFor = 30 * 86_400_000

/** Ends the downloads whose time is over, and forgets those that ended long ago: a task of the job `expire`. */
export async function expireDownloads(parts: Pick<Parts, 'db' | 'clock' | 'config'>): Promise<void> {
  const now = parts.clock()
  let ended: number
  do {
    ended = await inTransaction(parts.db, async (tx) => {
      const expired = await expireSome(tx, now, parts.config.downloadGrace, batch)
      await announceChange(tx, { downloadsOf: expired.flatMap(({ user }) => user ?? []) })
      return expired.length
    })
  } while (ended === batch)
  await removeEnded(parts.db, now - shownFor)
}
