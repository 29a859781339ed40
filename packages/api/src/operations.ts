/** Operations on many nodes: the contract of `/api/v1/operations`. */
import { z } from 'zod'
import { NodeIds } from './downloads.ts'
import { NameFilter } from './nodes.ts'

/** What can be done to many nodes. */
export const operationKinds = ['move', 'copy', 'trash', 'restore', 'remove'] as const
/** One of {@link operationKinds}. */
export type OperationKind = (typeof operationKinds)[number]

/**
 * What happens where a name is taken: the node fails (`refuse`), goes under a free name (`keep-both`), is left where it
 * is (`skip`), or becomes a version of the asset that has the name (`version`; for `move` and `copy`).
 */
export const conflictWays = ['refuse', 'keep-both', 'skip', 'version'] as const
/** One of {@link conflictWays}. */
export type ConflictWay = (typeof conflictWays)[number]

/** Which nodes an operation is about, as they are when it begins. */
export const NodeSelection = z.union([
  z.strictObject({ nodes: NodeIds.min(1) }),
  /** All children of a folder that whoever asks may see. */
  z.strictObject({ folder: z.uuid(), filter: NameFilter.optional(), except: NodeIds.optional() }),
  /** All of the trash that whoever asks may restore or remove: for `restore` and `remove`. */
  z.strictObject({ trash: z.literal('all'), except: NodeIds.optional() }),
])
/** Which nodes an operation is about. */
export type NodeSelection = z.infer<typeof NodeSelection>

/** Body of `POST /api/v1/operations`. */
export const StartOperation = z.strictObject({
  kind: z.enum(operationKinds),
  selection: NodeSelection,
  /** Id of the folder where things go: for `move` and `copy`; with `restore`, instead of where they were. */
  to: z.uuid().optional(),
  conflict: z.enum(conflictWays).default('refuse'),
})
/** Body of `POST /api/v1/operations`. */
export type StartOperation = z.input<typeof StartOperation>

/** A node that an operation could not do, and why. */
export const OperationFailure = z.object({
  id: z.uuid(),
  /** Empty when it is not for whoever asks to know. */
  name: z.string(),
  /** Code of the closed list. */
  code: z.string(),
  /** A sentence. */
  detail: z.string(),
})

/** Most failures that an answer lists. */
export const mostFailures = 1000

/** Work in the background that somebody began: an operation, or a running import, which is changed at `/api/v1/imports`. */
export const OperationBody = z.object({
  id: z.uuid(),
  kind: z.enum([...operationKinds, 'import']),
  /** `failed`: none of its nodes could be done, or it broke off on the side of the server. */
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Nodes that were tried, and all; for an import files, with a total of 0 while they are counted. */
  progress: z.object({ done: z.number(), total: z.number() }),
  /** How many nodes failed. */
  failed: z.number(),
  /** The first {@link mostFailures} of them; in a list of operations the first ten. */
  failures: z.array(OperationFailure),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** ISO 8601, UTC; null while it runs. */
  endedAt: z.string().nullable(),
  /** Whether it can be taken back. */
  undo: z.boolean(),
  /** Id of the operation that this one takes back. */
  undoOf: z.uuid().optional(),
})
/** Work in the background that somebody began. */
export type OperationBody = z.infer<typeof OperationBody>

/** Query of `GET /api/v1/operations`. */
export const ListOperations = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** One's own operations, the newest first. The first page has one's running imports too. */
export const OperationPage = z.object({ items: z.array(OperationBody), next: z.string().nullable() })
/** One's own operations, the newest first. */
export type OperationPage = z.infer<typeof OperationPage>
