import {
  isAdministrator,
  VitrineError,
  type GlobalPrivilege,
  type PrincipalId,
  type ShareLinkId,
  type Subject,
} from '@vitrine/domain'
import type { Database, Transaction } from '../db/open.ts'
import { lockShareLink, selectShareLink, type StoredShareLink } from './share-link-store.ts'

/** Somebody who works with links. */
export interface LinkUser {
  readonly userId: PrincipalId
  readonly subject: Subject
  readonly globals: ReadonlySet<GlobalPrivilege>
}

/** What somebody wants to do with a link. */
export type LinkAction = 'see' | 'end' | 'change' | 'hand-over'

/**
 * Whether somebody may do this with a link: its holder everything, administrators everything, and who may see all links
 * may see and end them.
 */
export function mayWithLink(user: LinkUser, shareLink: Pick<StoredShareLink, 'holder'>, action: LinkAction): boolean {
  if (shareLink.holder === user.userId || isAdministrator(user.subject)) return true
  return (action === 'see' || action === 'end') && user.globals.has('share-links/view-all')
}

/** Whether somebody is shown a link's URL: it is a key, not a fact. */
export function maySeeUrl(user: LinkUser, shareLink: Pick<StoredShareLink, 'holder'>): boolean {
  return shareLink.holder === user.userId || isAdministrator(user.subject)
}

/**
 * A link that somebody may see, and do this with.
 *
 * @throws {VitrineError} `share-link/not-found` also when they may not see it, `access/denied`
 */
export async function seenShareLink(
  db: Database | Transaction,
  user: LinkUser,
  id: ShareLinkId,
  action: LinkAction = 'see',
): Promise<StoredShareLink> {
  return allowed(await selectShareLink(db, id), user, action)
}

/**
 * A link that somebody may do this with; nobody else changes it until the transaction ends.
 *
 * @throws {VitrineError} `share-link/not-found` also when they may not see it, `access/denied`
 */
export async function lockedShareLink(
  tx: Transaction,
  user: LinkUser,
  id: ShareLinkId,
  action: LinkAction,
): Promise<StoredShareLink> {
  return allowed(await lockShareLink(tx, id), user, action)
}

function allowed(shareLink: StoredShareLink | undefined, user: LinkUser, action: LinkAction): StoredShareLink {
  if (shareLink === undefined || !mayWithLink(user, shareLink, 'see')) {
    throw new VitrineError('share-link/not-found', 'There is no such share link.')
  }
  if (mayWithLink(user, shareLink, action)) return shareLink
  throw new VitrineError('access/denied', 'Only its holder and administrators may do this with a share link.')
}
