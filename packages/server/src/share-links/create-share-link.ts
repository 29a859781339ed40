import {
  chooseExpiry,
  VitrineError,
  type NodeId,
  type ShareLink,
  type ShareLinkId,
  type Subject,
} from '@vitrine/domain'
import { privilegesOnAll } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { expiryPolicyOf, mayChooseNever } from './expiry-policy.ts'
import { standingsOfLinks } from './link-standing.ts'
import { insertShareLink, selectNames, selectSame, type StoredShareLink } from './share-link-store.ts'

/** A link that somebody wants. */
export interface NewShareLink {
  /** In the order in which visitors see them; what is named twice counts once. */
  readonly targets: readonly NodeId[]
  /** In ms since the Unix epoch; null: never; undefined: the default. */
  readonly expiresAt?: number | null | undefined
  readonly originals: boolean
  readonly renditions: boolean
  /** Undefined: after the first target. */
  readonly title?: string | undefined
  /** Take the live link that this person already holds on the same targets with the same settings, if there is one. */
  readonly reuse: boolean
}

/**
 * Makes a share link, held by whoever makes it.
 *
 * @returns its id, and whether it was there before
 * @throws {VitrineError} `node/not-found` also for a target that the subject may not read; `access/denied` for one that
 *   they may not share; `share-link/expiry-out-of-range`, `share-link/no-targets`
 */
export async function createShareLink(
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'config'>,
  subject: Subject,
  wanted: NewShareLink,
): Promise<{ readonly id: ShareLinkId; readonly isNew: boolean }> {
  const now = parts.clock()
  const targets = [...new Set(wanted.targets)]
  if (targets.length === 0) throw new VitrineError('share-link/no-targets', 'Choose something to share.')
  const mayNever = mayChooseNever(parts.config, subject)
  const shareLink: Omit<ShareLink, 'title'> = {
    id: parts.newId() as ShareLinkId,
    generation: 1,
    creator: subject.user,
    holder: subject.user,
    targets,
    originals: wanted.originals,
    renditions: wanted.renditions,
    createdAt: now,
    expiresAt: chooseExpiry(wanted.expiresAt, now, expiryPolicyOf(parts.config), mayNever),
    revokedAt: null,
  }
  return inTransaction(parts.db, async (tx) => {
    await requireShareable(tx, subject, targets)
    const same = wanted.reuse ? await selectSame(tx, shareLink, now) : undefined
    if (same !== undefined && (await canStandIn(tx, same, wanted))) return { id: same.id, isNew: false }
    await insertShareLink(tx, { ...shareLink, title: wanted.title ?? (await titleOf(tx, targets)) })
    return { id: shareLink.id, isNew: true }
  })
}

/**
 * Lets through who may share each of the nodes.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`
 */
export async function requireShareable(tx: Transaction, subject: Subject, targets: readonly NodeId[]): Promise<void> {
  const privileges = await privilegesOnAll(tx, subject, targets)
  for (const target of targets) {
    const granted = privileges.get(target)
    if (granted?.has('read') !== true) {
      throw new VitrineError('node/not-found', 'There is no such asset or folder.', { target })
    }
    if (!granted.has('share')) throw new VitrineError('access/denied', 'You may not share this.', { target })
  }
}

async function canStandIn(tx: Transaction, same: StoredShareLink, wanted: NewShareLink): Promise<boolean> {
  if (wanted.expiresAt !== undefined && wanted.expiresAt !== same.expiresAt) return false
  if (wanted.title !== undefined && wanted.title !== same.title) return false
  return (await standingsOfLinks(tx, [same])).get(same.id)?.reasons.length === 0
}

/** The name of the first target, and how many more there are. The root has no name. */
async function titleOf(tx: Transaction, targets: readonly NodeId[]): Promise<string> {
  const [first] = targets
  const name = first === undefined ? '' : ((await selectNames(tx, [first])).get(first) ?? '')
  const title = name === '' ? 'Vitrine' : name
  return targets.length === 1 ? title : `${title} + ${targets.length - 1}`
}
