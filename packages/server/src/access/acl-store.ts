import type { Acl, Effect, NodeId, PrincipalId, Privilege } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** An entry with what people call its principal. */
export interface NamedAce {
  readonly principal: PrincipalId
  readonly kind: 'user' | 'group'
  readonly name: string
  readonly displayName: string
  readonly effect: Effect
  readonly privileges: readonly Privilege[]
}

/** The entries of one node, in order. */
export async function selectAcl(db: Database | Transaction, nodeId: NodeId): Promise<NamedAce[]> {
  const { rows } = await sql<NamedAce>`
    select e.principal_id as principal, p.kind, p.name, p.display_name as "displayName", e.effect, e.privileges
      from acl_entries e join principals p on p.id = e.principal_id
     where e.node_id = ${nodeId}
     order by e.position`.execute(db)
  return rows
}

/** Where a node is, as far as others see that its entries have changed. */
export interface AclPlace {
  readonly kind: 'folder' | 'asset'
  /** The folder that it lies in; null for the root. */
  readonly parent: NodeId | null
}

/** Holds a node until the transaction ends, so that nobody else replaces its entries. */
export async function lockForAcl(tx: Transaction, nodeId: NodeId): Promise<AclPlace | undefined> {
  const { rows } = await sql<AclPlace>`
    select kind, parent_id as parent from nodes where id = ${nodeId} for no key update`.execute(tx)
  return rows[0]
}

/** Replaces the entries of a node. */
export async function replaceAcl(tx: Transaction, nodeId: NodeId, acl: Acl): Promise<void> {
  await tx.deleteFrom('acl_entries').where('node_id', '=', nodeId).execute()
  const rows = acl.map(({ principal, effect, privileges }, position) => ({
    node_id: nodeId,
    position,
    principal_id: principal,
    effect,
    privileges: [...privileges],
  }))
  if (rows.length > 0) await tx.insertInto('acl_entries').values(rows).execute()
  await tx
    .updateTable('nodes')
    .set({ has_acl: rows.length > 0 })
    .where('id', '=', nodeId)
    .execute()
}
