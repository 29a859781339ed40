import type { ErrorCode, NodeId, OperationId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'
import type { Effect, Failure, Outcome, WaitingNode } from './operation.ts'

/**
 * Gives an operation nodes to do. Folders come before what lies in them, nodes of one depth in the order given.
 *
 * @param number of the first of them within the operation
 */
export async function insertNodes(
  tx: Transaction,
  operation: OperationId,
  ids: readonly NodeId[],
  number: number,
): Promise<void> {
  await sql`
    insert into operation_nodes (operation_id, position, node_id)
    select ${operation}::uuid, 1000000000::bigint * (
        coalesce((
          select max(depth) from folder_tree
          where descendant_id = case kind when 'folder' then nodes.id else parent_id end
        ), 0) + case kind when 'asset' then 1 else 0 end
      ) + ${number} + ordinality, wanted.id
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, ordinality)
    left join nodes on nodes.id = wanted.id`.execute(tx)
}

/** Gives an operation what another one did to take back, in the opposite order. Answers how many nodes that are. */
export async function insertTakingBack(tx: Transaction, operation: OperationId, of: OperationId): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into operation_nodes (operation_id, position, node_id, takes_back)
    select ${operation}::uuid, row_number() over (order by position desc), node_id, effect
    from operation_nodes where operation_id = ${of} and state = 'done' and effect is not null`.execute(tx)
  return Number(numAffectedRows)
}

/** How many assets lie below the nodes of an operation, counted up to `most`. */
export async function countBelow(tx: Transaction, operation: OperationId, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from operation_nodes
      join folder_tree on ancestor_id = node_id
      join nodes on nodes.parent_id = descendant_id
      where operation_id = ${operation} limit ${most}
    ) as below`.execute(tx)
  return rows[0]?.count ?? 0
}

/** The nodes that an operation has to do next. */
export async function waitingNodes(tx: Transaction, operation: OperationId, limit: number): Promise<WaitingNode[]> {
  const { rows } = await sql<{ position: number; id: NodeId; takesBack: Effect | null }>`
    select position, node_id as id, takes_back as "takesBack" from operation_nodes
    where operation_id = ${operation} and state = 'waiting' order by position limit ${limit}`.execute(tx)
  return rows
}

/**
 * Whether a node lies in the trash because of a folder above it that is one of an operation's nodes, and that was put
 * there, or removed for good.
 */
export async function liesBelowGone(
  tx: Transaction,
  operation: OperationId,
  id: NodeId,
  how: 'trashed' | 'removed',
): Promise<boolean> {
  const { rows } = await sql`
    select from nodes as self
    join folder_tree on descendant_id = case when self.kind = 'folder' then self.id else self.parent_id end
    join nodes as above on above.id = ancestor_id
    join operation_nodes on operation_id = ${operation} and node_id = above.id
    where self.id = ${id} and self.in_trash and above.id <> self.id
      and ${sql.ref(how === 'trashed' ? 'above.trashed_at' : 'above.removed_at')} is not null
    limit 1`.execute(tx)
  return rows.length > 0
}

/** Records what came of nodes. */
export async function recordOutcomes(
  tx: Transaction,
  operation: OperationId,
  outcomes: readonly { readonly position: number; readonly outcome: Outcome }[],
): Promise<void> {
  const failures = outcomes.map(({ outcome }) => (outcome.state === 'failed' ? outcome : undefined))
  const effects = outcomes.map(({ outcome }) =>
    outcome.state === 'done' && outcome.effect ? JSON.stringify(outcome.effect) : null,
  )
  await sql`
    update operation_nodes set state = came.state, effect = came.effect::jsonb, failure_code = came.code,
      failure = came.detail, name = came.name
    from unnest(
      ${outcomes.map(({ position }) => position)}::bigint[],
      ${outcomes.map(({ outcome }) => outcome.state)}::text[],
      ${effects}::text[],
      ${failures.map((failure) => failure?.code ?? null)}::text[],
      ${failures.map((failure) => failure?.detail ?? null)}::text[],
      ${failures.map((failure) => failure?.name ?? null)}::text[]
    ) as came (position, state, effect, code, detail, name)
    where operation_id = ${operation} and operation_nodes.position = came.position`.execute(tx)
}

/** A node that failed. */
export interface FailedNode extends Failure {
  readonly id: NodeId
}

/** The first failures of each of the operations. */
export async function selectFailures(
  db: Database,
  operations: readonly OperationId[],
  limit: number,
): Promise<ReadonlyMap<OperationId, readonly FailedNode[]>> {
  const { rows } = await sql<{ operation: OperationId; id: NodeId; code: string; detail: string; name: string }>`
    select wanted.id as operation, failed.*
    from unnest(${operations}::uuid[]) as wanted (id)
    cross join lateral (
      select node_id as id, failure_code as code, failure as detail, name from operation_nodes
      where operation_id = wanted.id and state = 'failed' order by position limit ${limit}
    ) as failed`.execute(db)
  const found = new Map<OperationId, FailedNode[]>()
  for (const { operation, id, code, detail, name } of rows) {
    const list = found.get(operation) ?? []
    found.set(operation, list)
    list.push({ id, code: code as ErrorCode, detail, name })
  }
  return found
}
