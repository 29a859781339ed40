import { type PrincipalId, VitrineError } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { noteRead } from './notice-store.ts'

/**
 * Notes that somebody has read a notice of theirs.
 *
 * @throws {VitrineError} `request/not-found` when there is no such notice to them
 */
export async function readNotice(parts: Pick<Parts, 'db' | 'clock'>, person: PrincipalId, id: string): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    if (!(await noteRead(tx, person, id, parts.clock()))) {
      throw new VitrineError('request/not-found', 'There is no such notice.')
    }
    await announceChange(tx, { noticesOf: [person] })
  })
}
