import type { StreamEnd } from '@vitrine/api'
import type { NodeId } from '@vitrine/domain'
import { accessChannel } from '../access/access-epoch-store.ts'
import { Looks } from '../access/looks.ts'
import type { Notification } from '../db/listen.ts'
import type { Parts } from '../parts.ts'
import type { Account } from '../people/account-store.ts'
import type { SignedIn } from '../people/signed-in.ts'
import { stillSignedIn } from '../people/still-signed-in.ts'
import type { Change } from './change.ts'
import { changesIn } from './change-payload.ts'
import { changeChannel } from './change-store.ts'
import type { EventStream } from './event-stream.ts'
import { type PendingEvent, PendingEvents } from './pending-events.ts'
import { ReadableNodes } from './readable-nodes.ts'

/** Streams that one person may have at a time on one server: the oldest gives way to a new one. */
const mostStreams = 8
/** Time between two equal events to one reader at least, in ms. */
const window = 250
/** How often a stream shows that it lives, in ms: what lies in between often ends silent connections after 30 s. */
const beatEvery = 20_000

/** What the hub needs. */
export type HubParts = Pick<Parts, 'db' | 'clock' | 'log' | 'metrics' | 'notifications' | 'stopping'>

/** Somebody who listens. */
interface Reader {
  readonly signedIn: SignedIn
  readonly stream: EventStream
  readonly pending: PendingEvents
  /** As it is at the present access epoch; undefined until it was read: then nothing is told yet. */
  account: Account | undefined
}

/**
 * Tells the readers of this process what changes, in whatever process: each what they may see at that moment, and nothing
 * else. Ends a stream within a second after its reader was signed out.
 *
 * Each change takes the same few queries, however many readers there are: what decides about a node is read once, and who
 * may see it is computed for each.
 */
export class EventHub {
  readonly #parts: HubParts
  readonly #readable: ReadableNodes
  /** The oldest first. */
  readonly #readers = new Set<Reader>()
  readonly #looks: Looks
  #beat: NodeJS.Timeout | undefined
  #nextTurn: NodeJS.Timeout | undefined
  /** The access epoch at which the readers' rights were read. */
  #epoch: number | undefined
  #stopListening = () => {}
  #isClosed = false

  private constructor(parts: HubParts) {
    this.#parts = parts
    this.#readable = new ReadableNodes(parts.db)
    this.#looks = new Looks(parts.db, {
      look: (epoch, isDue) => this.#takeTurn(epoch, isDue),
      doubt: (error, isLong) => this.#doubt(error, isLong),
    })
  }

  /** Begins to listen. */
  static async open(parts: HubParts): Promise<EventHub> {
    const hub = new EventHub(parts)
    const stops = [
      await parts.notifications.on(changeChannel, (notification) => hub.#hear(notification)),
      await parts.notifications.on(accessChannel, () => hub.#looks.lookAtAll()),
    ]
    hub.#stopListening = () => stops.forEach((stop) => stop())
    parts.stopping.addEventListener('abort', () => hub.close(), { once: true })
    return hub
  }

  /** Ends every stream. Whoever comes later is told that the server stops. */
  close(): void {
    this.#isClosed = true
    this.#stopListening()
    for (const reader of this.#readers) this.#end(reader, 'stopping')
  }

  /** How many streams there are now. */
  get count(): number {
    return this.#readers.size
  }

  /**
   * Tells somebody from now on what changes.
   *
   * @param comesBack whether they have listened before: then they may have missed something
   */
  add(signedIn: SignedIn, stream: EventStream, comesBack: boolean): void {
    // They left while it was looked up who they are.
    if (stream.isOver) return
    if (this.#isClosed) return stream.end('stopping')
    const reader: Reader = { signedIn, stream, pending: new PendingEvents(window), account: undefined }
    this.#readers.add(reader)
    this.#parts.metrics.eventStreams.inc()
    stream.onClose(() => this.#forget(reader))
    if (comesBack) stream.send({ kind: 'resync' })
    const own = [...this.#readers].filter((one) => one.signedIn.userId === signedIn.userId)
    for (const oldest of own.slice(0, -mostStreams)) this.#end(oldest, 'replaced')
    this.#looks.begin()
    this.#beat ??= setInterval(() => this.#readers.forEach((one) => one.stream.beat()), beatEvery).unref()
    // Rights may have moved since they were read at the door.
    this.#looks.lookAtAll()
  }

  #end(reader: Reader, reason: StreamEnd): void {
    this.#forget(reader)
    reader.stream.end(reason)
  }

  #forget(reader: Reader): void {
    if (!this.#readers.delete(reader)) return
    this.#parts.metrics.eventStreams.dec()
    if (this.#readers.size > 0) return
    this.#looks.end()
    clearInterval(this.#beat)
    this.#beat = undefined
    clearTimeout(this.#nextTurn)
  }

  #hear({ payload, missed }: Notification): void {
    if (this.#readers.size === 0) return
    const now = performance.now()
    const changes: Iterable<Change> = missed ? [{ kind: 'all' }] : changesIn(payload)
    for (const change of changes) for (const reader of this.#readers) offer(reader, change, now)
    this.#schedule()
  }

  /** Has the next turn come when the first event may be told. */
  #schedule(): void {
    clearTimeout(this.#nextTurn)
    const nextDue = this.#readers.values().reduce((next, { pending }) => Math.min(next, pending.nextDue), Infinity)
    const wait = nextDue - performance.now()
    if (wait <= 0) this.#looks.look()
    else if (wait < Infinity) this.#nextTurn = setTimeout(() => this.#looks.look(), Math.ceil(wait)).unref()
  }

  async #takeTurn(epoch: number, isDue: boolean): Promise<void> {
    if (isDue || epoch !== this.#epoch) await this.#readPeople(epoch)
    const now = performance.now()
    const due = [...this.#readers].flatMap(({ stream, pending, account }) =>
      account ? pending.takeDue(now).map((waiting) => ({ stream, account, waiting })) : [],
    )
    await this.#readable.learn(epoch, new Set(due.flatMap(({ waiting }) => nodesOf(waiting))))
    for (const { stream, account, waiting } of due) if (this.#maySee(account, waiting)) stream.send(waiting.event)
    this.#schedule()
  }

  async #readPeople(epoch: number): Promise<void> {
    const readers = [...this.#readers]
    const accounts = await stillSignedIn(
      this.#parts,
      readers.map(({ signedIn }) => signedIn),
    )
    for (const reader of readers) {
      reader.account = accounts.get(reader.signedIn)
      if (!reader.account) this.#end(reader, 'signed-out')
    }
    this.#epoch = epoch
  }

  #maySee({ subject, globals }: Account, { event, condition }: PendingEvent): boolean {
    if (event.kind === 'node') return this.#readable.mayRead(subject, event.id as NodeId)
    if (condition === 'all-share-links') return globals.has('share-links/view-all')
    if (event.kind !== 'folder') return true
    const folder = event.folder as NodeId
    if (condition === 'none') return this.#readable.mayRead(subject, folder)
    // Whoever may not read the folder might still read a child of it, but is not told of the folder.
    const maySeeOne = [...condition].some((child) => this.#readable.mayReadIn(subject, folder, child))
    return maySeeOne && this.#readable.mayRead(subject, folder)
  }

  #doubt(error: unknown, isLong: boolean): void {
    this.#parts.log.warn({ err: error }, 'could not tell what has changed')
    const now = performance.now()
    for (const reader of this.#readers) {
      if (isLong) this.#end(reader, 'stopping')
      else reader.pending.missed(now)
    }
  }
}

/** Gives a change to somebody who may be concerned; whether they may see it is asked when it is told. */
function offer({ pending, signedIn }: Reader, change: Change, now: number): void {
  if (change.kind === 'all') return pending.missed(now)
  if (change.kind === 'node') return pending.add({ event: { kind: 'node', id: change.node }, condition: 'none' }, now)
  if (change.kind === 'folder') {
    const { folder, node } = change
    return pending.add({ event: { kind: 'folder', folder }, condition: node ? new Set([node]) : 'none' }, now)
  }
  const { kind, person } = change
  const isOwn = person === signedIn.userId
  if (isOwn || kind === 'share-links') {
    pending.add({ event: { kind }, condition: isOwn ? 'none' : 'all-share-links' }, now)
  }
}

function nodesOf({ event, condition }: PendingEvent): NodeId[] {
  if (event.kind === 'node') return [event.id as NodeId]
  if (event.kind !== 'folder') return []
  return [event.folder as NodeId, ...(typeof condition === 'string' ? [] : condition)]
}
