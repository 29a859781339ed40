import type { Transaction } from '../db/open.ts'
import { announceChange } from '../events/announce-change.ts'
import type { DownloadOwner } from './download.ts'

/** Tells the user whose download has changed. A visitor's page asks by itself. */
export async function announceDownload(tx: Transaction, owner: DownloadOwner): Promise<void> {
  if (owner.kind === 'user') await announceChange(tx, { downloadsOf: [owner.user] })
}
