import type { PrincipalId, ShareLinkId } from '@vitrine/domain'
import { accessChannel } from '../access/access-epoch-store.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import type { Parts } from '../parts.ts'
import { insertNotices, selectAdministrators, type SuspensionFacts } from './notice-store.ts'
import { completeShareLinks, presentReasons, type FoundShareLink } from './present-share-links.ts'
import { noteSuspension, selectUnended } from './share-link-store.ts'

type Needed = Pick<Parts, 'db' | 'clock' | 'newId'>

/** Links that are looked at in one go. */
const batch = 200

/**
 * Finds links that do not open any more for want of rights, and tells their holders and the administrators, once, which
 * and why. Takes the note back from those that open again.
 *
 * Whether a link opens does not depend on it: that is found anew at each request.
 */
export const suspendLinks: JobHandler<'suspend-links'> = async (parts, _payload, signal) => {
  let after: ShareLinkId | undefined
  do {
    signal.throwIfAborted()
    const shareLinks = await selectUnended(parts.db, parts.clock(), after, batch)
    await tellAbout(parts, await completeShareLinks(parts.db, shareLinks))
    after = shareLinks.length === batch ? shareLinks.at(-1)?.id : undefined
  } while (after !== undefined)
}

async function tellAbout(parts: Needed, found: readonly FoundShareLink[]): Promise<void> {
  const closed = found.filter(({ stored, standing }) => standing.reasons.length > 0 && stored.suspendedAt === null)
  const opened = found.filter(({ stored, standing }) => standing.reasons.length === 0 && stored.suspendedAt !== null)
  if (closed.length + opened.length === 0) return
  const now = parts.clock()
  await inTransaction(parts.db, async (tx) => {
    await noteSuspension(tx, idsOf(opened), null)
    // Only those that no other process has told about in the meantime.
    const noted = new Set(await noteSuspension(tx, idsOf(closed), now))
    const administrators = await selectAdministrators(tx)
    const notices = closed
      .filter(({ stored }) => noted.has(stored.id))
      .flatMap((one) => peopleToTell(one, administrators).map((person) => ({ person, facts: factsOf(one) })))
    await insertNotices(
      tx,
      notices.map(({ person, facts }) => ({ id: parts.newId(), person, facts })),
      now,
    )
    const changed = [...opened, ...closed.filter(({ stored }) => noted.has(stored.id))]
    await announceChange(tx, {
      shareLinksOf: changed.map(({ holder }) => holder.id),
      noticesOf: notices.map(({ person }) => person),
    })
  })
}

function idsOf(found: readonly FoundShareLink[]): ShareLinkId[] {
  return found.map(({ stored }) => stored.id)
}

function peopleToTell({ holder }: FoundShareLink, administrators: readonly PrincipalId[]): PrincipalId[] {
  return [...new Set([holder.id, ...administrators])]
}

function factsOf({ stored, standing, holder }: FoundShareLink): SuspensionFacts {
  return {
    shareLink: { id: stored.id, title: stored.title, holder: holder.displayName },
    reasons: presentReasons(standing.reasons, standing.targets),
  }
}

/**
 * Has {@link suspendLinks} run soon after each move of the access epoch, and once now: for what moved while no process
 * was there to hear it. However many moves there are, one job waits.
 *
 * @returns what ends it
 */
export async function suspendLinksOnMove(
  parts: Pick<Parts, 'db' | 'queue' | 'notifications' | 'log'>,
): Promise<() => void> {
  const ask = () => {
    inTransaction(parts.db, (tx) => parts.queue.enqueue(tx, 'suspend-links', {}, { onlyOne: 'all' })).catch(
      (error: unknown) => parts.log.warn({ err: error }, 'could not queue the look for suspended links'),
    )
  }
  ask()
  return parts.notifications.on(accessChannel, ask)
}
