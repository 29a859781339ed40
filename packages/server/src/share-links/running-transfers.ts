import { VitrineError } from '@vitrine/domain'
import { accessChannel, readAccessEpoch } from '../access/access-epoch-store.ts'
import type { Parts } from '../parts.ts'
import type { OpenLink } from './open-link.ts'
import { reopenShareLink, type GivenForLink } from './resolve-share-link.ts'
import { selectUnrevoked } from './share-link-store.ts'

/** A place in the list of running transfers. Dispose of it when the transfer has ended. */
export interface TransferWatch extends Disposable {
  /** Aborted when the bytes may not be given any more: break the connection off. */
  readonly signal: AbortSignal
}

/** Whether a transfer's bytes may still be given, by the link as it is now. */
export type StillAllowed = (link: OpenLink) => Promise<boolean>

type Needed = Pick<Parts, 'db' | 'keys' | 'clock' | 'log'>

/** A transfer that may have to be cut. */
interface Watched extends GivenForLink {
  readonly stillAllowed: StillAllowed | undefined
  readonly cutting: AbortController
  /** The access epoch at which it was last found to be allowed. */
  epoch: number
}

/** How often the access epoch is looked at while something is sent, in ms: notifications may get lost. */
const interval = 400
/** After so long without an answer of the database, in ms, nobody knows what is still allowed. */
const longestDoubt = 30_000
/** Links that are asked about at the same time. */
const atOnce = 8

/**
 * The transfers of this process that send a link's bytes, and what cuts them: within a second after the link was revoked
 * or suspended, or the right to just these bytes was lost, on whatever node that happened.
 *
 * A link that merely expires lets go on what has begun.
 */
export class RunningTransfers {
  readonly #parts: Needed
  readonly #watched = new Set<Watched>()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #lookAgain = false
  #lastAnswer = performance.now()
  #stopListening = () => {}

  private constructor(parts: Needed) {
    this.#parts = parts
  }

  /** Begins to listen. */
  static async open(parts: Needed & Pick<Parts, 'notifications'>): Promise<RunningTransfers> {
    const transfers = new RunningTransfers(parts)
    transfers.#stopListening = await parts.notifications.on(accessChannel, () => transfers.#wake())
    return transfers
  }

  /** Ends listening. What runs goes on. */
  close(): void {
    this.#stopListening()
    this.#watched.clear()
    this.#stopTimer()
  }

  /** How many are watched now. */
  get count(): number {
    return this.#watched.size
  }

  /**
   * Watches over a transfer, from the access epoch of its link's view on: what moved since then is not missed.
   *
   * @param stillAllowed asked after the epoch has moved, when the link itself still opens. Absent: that is enough.
   */
  watch(
    link: Pick<OpenLink, 'epoch' | 'member'> & {
      readonly shareLink: Pick<OpenLink['shareLink'], 'id' | 'generation'>
    },
    stillAllowed?: StillAllowed,
  ): TransferWatch {
    const { epoch, member } = link
    const { id: shareLink, generation } = link.shareLink
    const watched: Watched = { shareLink, generation, member, stillAllowed, cutting: new AbortController(), epoch }
    if (this.#watched.size === 0) this.#lastAnswer = performance.now()
    this.#watched.add(watched)
    this.#timer ??= setInterval(() => this.#wake(), interval).unref()
    return { signal: watched.cutting.signal, [Symbol.dispose]: () => this.#forget(watched) }
  }

  #forget(watched: Watched): void {
    this.#watched.delete(watched)
    if (this.#watched.size === 0) this.#stopTimer()
  }

  #stopTimer(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Looks now, or once more after the look that is under way. */
  #wake(): void {
    if (this.#watched.size === 0) return
    if (this.#looking) {
      this.#lookAgain = true
      return
    }
    this.#looking = this.#look()
      .catch((error: unknown) => this.#doubt(error))
      .finally(() => {
        this.#looking = undefined
        if (!this.#lookAgain) return
        this.#lookAgain = false
        this.#wake()
      })
  }

  async #look(): Promise<void> {
    const epoch = await readAccessEpoch(this.#parts.db)
    this.#lastAnswer = performance.now()
    const due = [...this.#watched].filter((watched) => watched.epoch < epoch)
    if (due.length === 0) return
    // First what one look tells: a revoked link is not to wait for others' rights.
    const unrevoked = await selectUnrevoked(this.#parts.db, [...new Set(due.map(({ shareLink }) => shareLink))])
    const left = due.filter((watched) => unrevoked.has(watched.shareLink))
    for (const watched of due) if (!unrevoked.has(watched.shareLink)) this.#cut(watched)
    await inLanes([...Map.groupBy(left, ({ shareLink }) => shareLink).values()], async (watchedOfLink) => {
      for (const watched of watchedOfLink) {
        if (await this.#isAllowed(watched)) watched.epoch = epoch
        else this.#cut(watched)
      }
    })
  }

  async #isAllowed(watched: Watched): Promise<boolean> {
    try {
      const link = await reopenShareLink(this.#parts, watched)
      return (await watched.stillAllowed?.(link)) !== false
    } catch (error) {
      if (error instanceof VitrineError) return false
      throw error
    }
  }

  #cut(watched: Watched): void {
    this.#parts.log.info({ shareLink: watched.shareLink }, 'cut a transfer: its bytes may not be given any more')
    this.#forget(watched)
    watched.cutting.abort()
  }

  #doubt(error: unknown): void {
    this.#parts.log.warn({ err: error }, 'could not look whether running transfers are still allowed')
    if (performance.now() - this.#lastAnswer < longestDoubt) return
    for (const watched of this.#watched) this.#cut(watched)
  }
}

async function inLanes<Value>(values: readonly Value[], work: (value: Value) => Promise<void>): Promise<void> {
  const waiting = values.values()
  const lane = async () => {
    for (const value of waiting) await work(value)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
