import type { LiveEvent } from '@vitrine/api'
import type { NodeId } from '@vitrine/domain'

/**
 * What a reader must be able to see beside what an event names: nothing else; one of these children of a folder; all share
 * links.
 */
export type Condition = 'none' | ReadonlySet<NodeId> | 'all-share-links'

/** An event that waits to be told to one reader, if they may see it then. */
export interface PendingEvent {
  readonly event: LiveEvent
  readonly condition: Condition
}

/** Children that are remembered as the reason of one event. */
const mostChildren = 50
/** Events that wait for one reader at most. When there are more, they are told that they have missed something. */
const mostWaiting = 1000

interface Waiting extends PendingEvent {
  /** In ms: from then on it may be told. */
  readonly dueAt: number
}

/**
 * The events that wait for one reader: each once, however often it comes, and not again within a window after it was told.
 * Reads no clock: times are arguments, in ms.
 */
export class PendingEvents {
  readonly #window: number
  readonly #waiting = new Map<string, Waiting>()
  /** When each event was told, the latest last. Those that were told longer ago than the window are forgotten. */
  readonly #toldAt = new Map<string, number>()
  #nextDue = Infinity

  /** @param window time between two equal events at least, in ms */
  constructor(window: number) {
    this.#window = window
  }

  /** Takes in an event. The first of its kind may be told at once. */
  add({ event, condition }: PendingEvent, now: number): void {
    const key = keyOf(event)
    const before = this.#waiting.get(key)
    const dueAt = before?.dueAt ?? Math.max(now, (this.#toldAt.get(key) ?? -Infinity) + this.#window)
    this.#waiting.set(key, { event, condition: before ? joined(before.condition, condition) : condition, dueAt })
    this.#nextDue = Math.min(this.#nextDue, dueAt)
    if (this.#waiting.size > mostWaiting) this.missed(now)
  }

  /** Something was lost: instead of all that waits, the reader is told so. */
  missed(now: number): void {
    this.#waiting.clear()
    this.#nextDue = Infinity
    this.add({ event: { kind: 'resync' }, condition: 'none' }, now)
  }

  /** The events that may be told now. They wait no longer. */
  takeDue(now: number): PendingEvent[] {
    if (this.#nextDue > now) return []
    const due = [...this.#waiting].filter(([, { dueAt }]) => dueAt <= now)
    this.#forget(now)
    for (const [key] of due) {
      this.#waiting.delete(key)
      this.#toldAt.delete(key)
      this.#toldAt.set(key, now)
    }
    this.#nextDue = this.#waiting.values().reduce((next, { dueAt }) => Math.min(next, dueAt), Infinity)
    return due.map(([, { event, condition }]) => ({ event, condition }))
  }

  /** When the next event may be told, in ms; infinite: none waits. */
  get nextDue(): number {
    return this.#nextDue
  }

  #forget(now: number): void {
    for (const [key, toldAt] of this.#toldAt) {
      if (toldAt + this.#window > now) return
      this.#toldAt.delete(key)
    }
  }
}

function keyOf(event: LiveEvent): string {
  if (event.kind === 'folder') return `folder/${event.folder}`
  return event.kind === 'node' ? `node/${event.id}` : event.kind
}

/** The condition of an event that has two reasons: either is enough. */
function joined(one: Condition, other: Condition): Condition {
  if (typeof one === 'string') return one === 'none' ? one : other
  if (typeof other === 'string') return other
  const all = one.union(other)
  return all.size > mostChildren ? 'none' : all
}
