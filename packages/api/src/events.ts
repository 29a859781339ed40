/** Live changes: the contract of `GET /api/v1/events`. */
import { z } from 'zod'

/**
 * What a stream of events tells, each as JSON in the data of one message (`text/event-stream`). It tells that something is
 * different, never what: ask again. It tells nothing of what its reader may not see.
 *
 * A reader that asks first and listens then misses what changes in between: listen, then ask.
 */
export const LiveEvent = z.discriminatedUnion('kind', [
  /** Something in this folder came, went or changed, directly in it. When much has changed there, its nodes are not told. */
  z.object({ kind: z.literal('folder'), folder: z.uuid() }),
  /**
   * This node is different itself: its name, place, content, access or renditions. Of a folder, that concerns the path of
   * everything below it, and what may be done there.
   */
  z.object({ kind: z.literal('node'), id: z.uuid() }),
  /** A share link that one may see was made or is different. */
  z.object({ kind: z.literal('share-links') }),
  /** One of one's own downloads is different. */
  z.object({ kind: z.literal('downloads') }),
  /** There is a notice, or one was read. */
  z.object({ kind: z.literal('notices') }),
  /** Work in the background that one began goes on, or has ended: imports, operations on many nodes. */
  z.object({ kind: z.literal('work') }),
  /** Something may have been missed: ask again for all that is shown. The first event after a reconnection. */
  z.object({ kind: z.literal('resync') }),
  /**
   * The last event of a stream that the server ends. `signed-out`: sign in first. `replaced`: the same person has opened
   * eight others since; open another when somebody looks. `stopping`: open another in a moment.
   */
  z.object({ kind: z.literal('end'), reason: z.enum(['signed-out', 'replaced', 'stopping']) }),
])
/** What a stream of events tells. */
export type LiveEvent = z.infer<typeof LiveEvent>

/** Why the server ends a stream of events. */
export type StreamEnd = Extract<LiveEvent, { kind: 'end' }>['reason']
