import { VitrineError, type DownloadId, type NodeId } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { Offer } from '../share-links/link-view.ts'
import { announceDownload } from './announce-download.ts'
import type { GrantKind, StoredDownload } from './download.ts'
import { recordChecked, selectDownload, selectParts } from './download-store.ts'
import { endDownload } from './ended-download-store.ts'
import type { Giver } from './giver.ts'
import { manifestsOf } from './manifest-file.ts'
import { selectPresentPlaces } from './selection-store.ts'

type Needed = Pick<Parts, 'db' | 'blobs'>

/** Folders whose rights are remembered during one check. */
const mostRemembered = 10_000

/** Checks that are under way: who asks for the same meanwhile gets the same answer. */
const running = new Map<DownloadId, { readonly epoch: number; readonly check: Promise<number> }>()

/**
 * How many files of a ready download its giver may not give any more; 0: all is as it was. When it is not 0, the
 * download is withdrawn for good.
 *
 * Looks only when the access epoch has moved since the last look: at whether the giver can still show each node, at its
 * present folder, and once at each folder's rights. A file of which there is a newer version is still given as it was when it was queued.
 */
export async function countWithdrawn(parts: Needed, giver: Giver, download: StoredDownload): Promise<number> {
  if (download.state !== 'ready') return download.withdrawn
  if (download.checkedEpoch >= giver.epoch) return 0
  const underWay = running.get(download.id)
  if (underWay && underWay.epoch >= giver.epoch) return underWay.check
  const check = checkNow(parts, giver, download)
  running.set(download.id, { epoch: giver.epoch, check })
  try {
    return await check
  } finally {
    if (running.get(download.id)?.check === check) running.delete(download.id)
  }
}

async function checkNow(parts: Needed, giver: Giver, download: StoredDownload): Promise<number> {
  // Another request, or another process, may have looked since the row was read.
  const now = await selectDownload(parts.db, download.id)
  if (!now || now.state !== 'ready') return now?.withdrawn ?? 0
  if (now.checkedEpoch >= giver.epoch) return 0
  const withdrawn = await countIn(parts, giver, download)
  if (withdrawn === 0) await recordChecked(parts.db, download.id, giver.epoch)
  else await withdraw(parts, download, withdrawn)
  return withdrawn
}

async function withdraw(parts: Needed, { id, owner }: StoredDownload, withdrawn: number): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    if (await endDownload(tx, id, 'withdrawn', withdrawn)) await announceDownload(tx, owner)
  })
}

async function countIn(parts: Needed, giver: Giver, download: StoredDownload): Promise<number> {
  const rights = new PresentRights(parts, giver)
  if (download.manifest === null) {
    const plain = ((await selectParts(parts.db, [download.id])).get(download.id) ?? []).flatMap(
      (part) => part.plain ?? [],
    )
    return rights.countLost(plain.map(({ node, grant }) => [node, grant]))
  }
  const file = await manifestsOf(parts.blobs).open(download.manifest)
  const pageCount = file.index.headerOffsets.length
  let withdrawn = 0
  for (let page = 0; page < pageCount; page++) {
    const grants = await file.grants(page)
    withdrawn += await rights.countLost(
      Array.from({ length: grants.count }, (_, i) => [grants.node(i), grants.kind(i)] as const),
    )
  }
  return withdrawn
}

/** What the giver gives now, remembered by folder. */
class PresentRights {
  readonly #parts: Pick<Parts, 'db'>
  readonly #giver: Giver
  #offers = new Map<NodeId, Offer>()

  constructor(parts: Pick<Parts, 'db'>, giver: Giver) {
    this.#parts = parts
    this.#giver = giver
  }

  /** How many of the entries may not be given any more. */
  async countLost(entries: readonly (readonly [NodeId, GrantKind])[]): Promise<number> {
    const granted = entries.filter(([, kind]) => kind !== 'none')
    const nodes = [...new Set(granted.map(([node]) => node))]
    const held = await this.#giver.held(nodes)
    const places = await selectPresentPlaces(this.#parts.db, [...held])
    const rightsOf = new Map(places.map((place) => [place.id, place.rightsOf]))
    await this.#learn([...new Set(rightsOf.values())])
    return granted.filter(([node, kind]) => {
      const place = rightsOf.get(node)
      return place === undefined || !isGiven(this.#offers.get(place), kind)
    }).length
  }

  async #learn(nodes: readonly NodeId[]): Promise<void> {
    if (this.#offers.size > mostRemembered) this.#offers = new Map()
    const unknown = nodes.filter((node) => !this.#offers.has(node))
    if (unknown.length === 0) return
    for (const [node, offer] of await this.#giver.rights(unknown)) this.#offers.set(node, offer)
  }
}

function isGiven(offer: Offer | undefined, kind: GrantKind): boolean {
  if (!offer?.shown) return false
  if (kind === 'original') return offer.originals
  return kind === 'rendition' ? offer.renditions : true
}

/** The failure of a download that holds something that may not be given any more. */
export function contentsWithdrawn(count: number): VitrineError {
  const what = count === 1 ? 'One file' : `${count} files`
  return new VitrineError('download/contents-withdrawn', `${what} of this download may not be given any more.`, {
    count,
  })
}
