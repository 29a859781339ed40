import { createHash } from 'node:crypto'
import { VitrineError, type Acl, type NodeId, type Subject } from '@vitrine/domain'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { existingPrincipals } from '../people/principal-store.ts'
import { bumpAccessEpoch } from './access-epoch-store.ts'
import { lockForAcl, replaceAcl, selectAcl, type NamedAce } from './acl-store.ts'
import { requirePrivilege } from './node-access.ts'

/** The list of a node, and the strong entity tag of this state of it, with its quotes. */
export interface TaggedAcl {
  readonly entries: readonly NamedAce[]
  readonly etag: string
}

/**
 * The access control list of a node: its own entries, not those it inherits.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied` without `read-acl`
 */
export async function readAcl({ db }: Pick<Parts, 'db'>, subject: Subject, nodeId: NodeId): Promise<TaggedAcl> {
  await requirePrivilege(db, subject, nodeId, 'read-acl')
  return tagged(await selectAcl(db, nodeId))
}

/**
 * Replaces the access control list of a node.
 *
 * @param ifMatch undefined: whatever the list is now; else only when the list is still one of these states
 * @throws {VitrineError} `node/not-found`, `access/denied` without `edit-acl`, `node/changed`, `people/not-found`
 */
export function setAcl(
  { db }: Pick<Parts, 'db'>,
  subject: Subject,
  nodeId: NodeId,
  { acl, ifMatch }: { readonly acl: Acl; readonly ifMatch: readonly string[] | undefined },
): Promise<TaggedAcl> {
  return inTransaction(db, async (tx) => {
    const place = await lockForAcl(tx, nodeId)
    await requirePrivilege(tx, subject, nodeId, 'edit-acl')
    if (ifMatch) await requireState(tx, nodeId, ifMatch)
    await requirePrincipals(tx, acl)
    await replaceAcl(tx, nodeId, acl)
    await announceChange(tx, {
      nodes: [{ id: nodeId, folder: null }],
      // Who can see it in its folder may be others now; and what can be done in it, if it is one.
      folders: [place?.parent ?? null, place?.kind === 'folder' ? nodeId : null],
    })
    await bumpAccessEpoch(tx)
    return tagged(await selectAcl(tx, nodeId))
  })
}

async function requireState(tx: Transaction, nodeId: NodeId, accepted: readonly string[]): Promise<void> {
  const { etag } = tagged(await selectAcl(tx, nodeId))
  if (accepted.includes(etag)) return
  throw new VitrineError('node/changed', 'Somebody else has changed this list. Look at it again first.', { nodeId })
}

async function requirePrincipals(tx: Transaction, acl: Acl): Promise<void> {
  const wanted = new Set(acl.map(({ principal }) => principal))
  const existing = await existingPrincipals(tx, [...wanted])
  if (wanted.isSubsetOf(existing)) return
  throw new VitrineError('people/not-found', 'There is no such user or group.', { field: 'entries' })
}

/** The tag depends on what an entry does, not on what its principal is called. */
function tagged(entries: readonly NamedAce[]): TaggedAcl {
  const text = JSON.stringify(entries.map(({ principal, effect, privileges }) => [principal, effect, ...privileges]))
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  return { entries, etag: `"${digest}"` }
}
