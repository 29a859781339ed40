import type { ConflictWay, OperationKind } from '@vitrine/api'
import type { NodeId, OperationId, PrincipalId } from '@vitrine/domain'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import type { StoredOperation } from './operation.ts'

type OperationRow = Selectable<Tables['operations']> & { readonly is_undone: boolean }

const operations = sql`
  select operations.*, exists (select from operations as undo where undo.undo_of = operations.id) as is_undone
  from operations`

async function select(db: Database | Transaction, rest: RawBuilder<unknown>): Promise<StoredOperation[]> {
  const { rows } = await sql<OperationRow>`${operations} ${rest}`.execute(db)
  return rows.map(operationOf)
}

/** An operation that this person began. */
export async function operationOfPerson(
  db: Database | Transaction,
  id: OperationId,
  person: PrincipalId,
): Promise<StoredOperation | undefined> {
  return (await select(db, sql`where id = ${id} and started_by = ${person}`))[0]
}

/** The operations of a person, the newest first: those after one. */
export function operationsOfPerson(
  db: Database,
  person: PrincipalId,
  after: Pick<StoredOperation, 'createdAt' | 'id'> | undefined,
  limit: number,
): Promise<StoredOperation[]> {
  const start = after ? sql`and (created_at, id) < (${new Date(after.createdAt)}, ${after.id}::uuid)` : sql``
  return select(db, sql`where started_by = ${person} ${start} order by created_at desc, id desc limit ${limit}`)
}

/** An operation that is to be begun. */
export interface NewOperation {
  readonly id: OperationId
  readonly kind: OperationKind
  readonly startedBy: PrincipalId
  readonly to: NodeId | null
  readonly conflict: ConflictWay
  readonly undoOf: OperationId | null
  /** In ms since the Unix epoch. */
  readonly createdAt: number
}

/** Keeps a new operation, which has no nodes yet. */
export async function insertOperation(tx: Transaction, operation: NewOperation): Promise<void> {
  await tx
    .insertInto('operations')
    .values({
      id: operation.id,
      kind: operation.kind,
      state: 'running',
      started_by: operation.startedBy,
      to_id: operation.to,
      conflict: operation.conflict,
      undo_of: operation.undoOf,
      nodes_total: 0,
      created_at: new Date(operation.createdAt),
      ended_at: null,
    })
    .execute()
}

/** How many operations of a person have not ended. */
export async function countRunning(tx: Transaction, person: PrincipalId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from operations where started_by = ${person} and state = 'running'`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Notes how many nodes there are in all. */
export async function setTotal(tx: Transaction, id: OperationId, total: number): Promise<void> {
  await tx.updateTable('operations').set({ nodes_total: total }).where('id', '=', id).execute()
}

/** First number of the advisory locks that whoever works on an operation holds; the second one tells operations apart. */
const operationLocks = 7301

/**
 * Keeps everybody else from working on an operation until the commit. Its row is not held: to cancel it, or to look at
 * it, nobody waits.
 */
export async function lockOperation(tx: Transaction, id: OperationId): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(operationLocks)}, hashtext(${id}))`.execute(tx)
}

/** An operation that has not ended. */
export async function runningOperation(tx: Transaction, id: OperationId): Promise<StoredOperation | undefined> {
  return (await select(tx, sql`where id = ${id} and state = 'running'`))[0]
}

/** Adds to what was done of an operation. */
export async function addProgress(
  tx: Transaction,
  id: OperationId,
  { done, failed, undoable }: Pick<StoredOperation['nodes'], 'done' | 'failed' | 'undoable'>,
): Promise<void> {
  await tx
    .updateTable('operations')
    .set({
      nodes_done: sql`nodes_done + ${done}`,
      nodes_failed: sql`nodes_failed + ${failed}`,
      nodes_undoable: sql`nodes_undoable + ${undoable}`,
      attempts: 0,
    })
    .where('id', '=', id)
    .execute()
}

/** Ends an operation of which nothing waits any more. One of which every node failed has failed. */
export async function endOperation(tx: Transaction, id: OperationId, now: number): Promise<void> {
  await sql`
    update operations set ended_at = ${new Date(now)},
      state = case when nodes_failed > 0 and nodes_failed = nodes_total then 'failed' else 'done' end
    where id = ${id} and state = 'running'`.execute(tx)
}

/**
 * Ends an operation of this person that has not ended. What is under way at the moment is still done. Answers whether it
 * did.
 */
export async function cancelRunning(
  tx: Transaction,
  id: OperationId,
  person: PrincipalId,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('operations')
    .set({ state: 'cancelled', ended_at: new Date(now) })
    .where('id', '=', id)
    .where('started_by', '=', person)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Counts one more attempt at an operation. Answers how many there were since a node was last done. */
export async function countAttempt(db: Database, id: OperationId): Promise<number> {
  const row = await db
    .updateTable('operations')
    .set({ attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('attempts')
    .executeTakeFirst()
  return row?.attempts ?? 0
}

/** Ends an operation that does not get on. Answers who began it; undefined: it had ended already. */
export async function failRunning(tx: Transaction, id: OperationId, now: number): Promise<PrincipalId | undefined> {
  const row = await tx
    .updateTable('operations')
    .set({ state: 'failed', ended_at: new Date(now) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('started_by')
    .executeTakeFirst()
  return row && (row.started_by as PrincipalId)
}

/** Ids of the operations that have not ended. */
export async function unendedOperations(tx: Transaction): Promise<OperationId[]> {
  const rows = await tx.selectFrom('operations').select('id').where('state', '=', 'running').orderBy('id').execute()
  return rows.map(({ id }) => id as OperationId)
}

/** Forgets operations that ended before then, `limit` of them at most. Answers how many. */
export async function deleteEnded(tx: Transaction, before: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from operations where id in (
      select id from operations where ended_at < ${new Date(before)} order by ended_at limit ${limit}
    )`.execute(tx)
  return Number(numAffectedRows)
}

function operationOf(row: OperationRow): StoredOperation {
  return {
    id: row.id as OperationId,
    kind: row.kind as OperationKind,
    state: row.state as StoredOperation['state'],
    startedBy: row.started_by as PrincipalId,
    to: row.to_id as NodeId | null,
    conflict: row.conflict as ConflictWay,
    undoOf: row.undo_of as OperationId | null,
    isUndone: row.is_undone,
    nodes: {
      total: row.nodes_total,
      done: row.nodes_done,
      failed: row.nodes_failed,
      undoable: row.nodes_undoable,
    },
    createdAt: row.created_at.getTime(),
    endedAt: row.ended_at && row.ended_at.getTime(),
  }
}
