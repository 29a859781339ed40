import { VitrineError, type DownloadId, type ShareLinkId } from '@vitrine/domain'
import { accessChannel } from '../../access/access-epoch-store.ts'
import { Looks } from '../../access/looks.ts'
import { inParallel } from '../../blobs/in-parallel.ts'
import type { Parts } from '../../parts.ts'
import { endedChannel, selectEnded } from '../ended-download-store.ts'

/** A place in the list of running transfers. Dispose of it when the transfer has ended. */
export interface TransferWatch extends Disposable {
  /** Aborted when the bytes may not be given any more: break the connection off. */
  readonly signal: AbortSignal
}

/** By what right a transfer's bytes are given. */
export interface TransferRight {
  /** Names who gives them: `share-link/ID`, `user/ID`. */
  readonly giver: string
  /** The access epoch at which they were found to be allowed: what moved since then is not missed. */
  readonly epoch: number
  /**
   * Whether they may still be given, as things are now. Asked whenever the epoch has moved.
   *
   * @throws {VitrineError} they may not
   */
  readonly isStillGiven: () => Promise<boolean>
  /** The link that gives them, if one does: once it is revoked, nothing else is asked. */
  readonly shareLink?: ShareLinkId | undefined
  /** The download that they are of, if they are of one: once it is cancelled, nothing else is asked. */
  readonly download?: DownloadId | undefined
}

/** What running transfers need. */
export interface RunningTransfersParts extends Pick<Parts, 'db' | 'log'> {
  /** Those of the links that were not revoked. */
  readonly unrevoked: (shareLinks: readonly ShareLinkId[]) => Promise<ReadonlySet<ShareLinkId>>
}

/** A transfer that may have to be cut. */
interface Watched {
  readonly right: TransferRight
  readonly cutting: AbortController
  /** The access epoch at which it was last found to be allowed. */
  epoch: number
}

/** Givers that are asked at the same time. */
const atOnce = 8

/**
 * The transfers of this process that send what somebody gives, and what cuts them: within a second after the link was
 * revoked or suspended, the user disabled, the download cancelled, or the right to just these bytes lost, on whatever
 * node that happened.
 *
 * A link that merely expires lets go on what has begun.
 */
export class RunningTransfers {
  readonly #parts: RunningTransfersParts
  readonly #watched = new Set<Watched>()
  readonly #looks: Looks
  #stopListening = () => {}

  private constructor(parts: RunningTransfersParts) {
    this.#parts = parts
    this.#looks = new Looks(parts.db, {
      look: (epoch) => this.#look(epoch),
      doubt: (error, isLong) => this.#doubt(error, isLong),
    })
  }

  /** Begins to listen. */
  static async open(parts: RunningTransfersParts & Pick<Parts, 'notifications'>): Promise<RunningTransfers> {
    const transfers = new RunningTransfers(parts)
    const stops = [
      await parts.notifications.on(accessChannel, () => transfers.#looks.lookAtAll()),
      await parts.notifications.on(endedChannel, ({ payload, missed }) => {
        if (missed || transfers.#sends(payload)) transfers.#looks.lookAtAll()
      }),
    ]
    transfers.#stopListening = () => stops.forEach((stop) => stop())
    return transfers
  }

  /** Ends listening. What runs goes on. */
  close(): void {
    this.#stopListening()
    this.#watched.clear()
    this.#looks.end()
  }

  /** How many are watched now. */
  get count(): number {
    return this.#watched.size
  }

  /** Watches over a transfer. */
  watch(right: TransferRight): TransferWatch {
    const watched: Watched = { right, cutting: new AbortController(), epoch: right.epoch }
    this.#watched.add(watched)
    this.#looks.begin()
    return { signal: watched.cutting.signal, [Symbol.dispose]: () => this.#forget(watched) }
  }

  #forget(watched: Watched): void {
    this.#watched.delete(watched)
    if (this.#watched.size === 0) this.#looks.end()
  }

  #sends(download: string): boolean {
    return [...this.#watched].some(({ right }) => right.download === download)
  }

  async #look(epoch: number): Promise<void> {
    // First what one look tells: a cancelled download or a revoked link is not to wait for others' rights.
    await this.#cutEnded()
    const due = await this.#cutRevoked([...this.#watched].filter((watched) => watched.epoch < epoch))
    const givers = Map.groupBy(due, ({ right }) => right.giver)
    // Whom nothing can be learnt of keeps no other from being looked at.
    await inParallel([...givers.values()], atOnce, (ofGiver) =>
      this.#lookAt(ofGiver, epoch).catch((error: unknown) => this.#warn(error)),
    )
  }

  async #lookAt(ofGiver: readonly Watched[], epoch: number): Promise<void> {
    for (const watched of ofGiver) {
      if (await this.#isAllowed(watched)) watched.epoch = epoch
      else this.#cut(watched)
    }
  }

  async #cutEnded(): Promise<void> {
    const downloads = [...new Set([...this.#watched].flatMap(({ right }) => right.download ?? []))]
    if (downloads.length === 0) return
    const ended = await selectEnded(this.#parts.db, downloads)
    for (const watched of this.#watched) {
      if (watched.right.download !== undefined && ended.has(watched.right.download)) this.#cut(watched)
    }
  }

  /** Answers those that are left. */
  async #cutRevoked(due: readonly Watched[]): Promise<Watched[]> {
    const links = [...new Set(due.flatMap(({ right }) => right.shareLink ?? []))]
    if (links.length === 0) return [...due]
    const unrevoked = await this.#parts.unrevoked(links)
    const isLeft = ({ right }: Watched) => right.shareLink === undefined || unrevoked.has(right.shareLink)
    for (const watched of due) if (!isLeft(watched)) this.#cut(watched)
    return due.filter(isLeft)
  }

  async #isAllowed({ right }: Watched): Promise<boolean> {
    try {
      return await right.isStillGiven()
    } catch (error) {
      if (error instanceof VitrineError) return false
      throw error
    }
  }

  #cut(watched: Watched): void {
    this.#parts.log.info({ giver: watched.right.giver }, 'cut a transfer: its bytes may not be given any more')
    this.#forget(watched)
    watched.cutting.abort()
  }

  #doubt(error: unknown, isLong: boolean): void {
    this.#warn(error)
    if (isLong) for (const watched of this.#watched) this.#cut(watched)
  }

  #warn(error: unknown): void {
    this.#parts.log.warn({ err: error }, 'could not look whether running transfers are still allowed')
  }
}
