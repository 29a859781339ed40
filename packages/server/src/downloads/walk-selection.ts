import type { NodeId } from '@vitrine/domain'
import { batches } from '../batches.ts'
import type { Transaction } from '../db/open.ts'
import type { Offer } from '../share-links/link-view.ts'
import { bytesOfUuid } from '../uuid-bytes.ts'
import type { Giver } from './giver.ts'
import { nodeIdAt } from './grant-column.ts'
import {
  countAssets,
  selectAssets,
  selectAssetsInPages,
  selectAssetsOf,
  selectFolders,
  type SelectedAsset,
  type SelectedFolder,
  type Selection,
} from './selection-store.ts'

/** Assets of several folders that are read in one query at most. A folder with more is read in pages. */
const mostAtOnce = 1000

/** The next folder of a selection; what follows is in it, up to the next folder. */
export interface FolderStep extends SelectedFolder {
  readonly kind: 'folder'
}

/** The next asset, in the folder before it; without one before it, an asset that was selected itself. */
export interface AssetStep extends SelectedAsset {
  readonly kind: 'asset'
  /** What is given of it. It is shown. */
  readonly offer: Offer
}

/** What is asked of a giver on the way. */
type Offering = Pick<Giver, 'contents' | 'offers'>

/** A step of a walk. */
export type WalkStep = FolderStep | AssetStep

/**
 * Walks through what is given of a selection, in tree order: assets that were selected themselves, then each folder
 * with its assets by name and its sub-folders in turn.
 *
 * What the giver does not show is left out, with everything below it. A thousand assets take two or three queries,
 * however they are spread over folders; only one page of them is held.
 *
 * @param tx one snapshot (`repeatable read`)
 * @returns steps in batches
 */
export function walkSelection(
  tx: Transaction,
  giver: Offering,
  selection: Selection,
): AsyncGenerator<readonly WalkStep[]> {
  return oneAhead(stepsOf(tx, giver, selection))
}

async function* stepsOf(tx: Transaction, giver: Offering, selection: Selection): AsyncGenerator<readonly WalkStep[]> {
  const walk = new Walk(tx, giver, selection)
  yield* walk.rootAssets(selection.roots)
  for await (const folders of selectFolders(tx, giver.contents, selection)) yield* walk.folders(folders)
}

/** Asks for each value while the one before is worked on: the database and this process work at the same time. */
async function* oneAhead<Value>(values: AsyncGenerator<Value>): AsyncGenerator<Value> {
  try {
    for (let coming = values.next(); ;) {
      const { done, value } = await coming
      if (done) return
      coming = values.next()
      // It is met when its turn comes; until then it must not count as unhandled.
      coming.catch(() => undefined)
      yield value
    }
  } finally {
    await values.return(undefined)
  }
}

/** A folder that is shown, with what is given of it and of most of its assets. */
interface ShownFolder {
  readonly folder: SelectedFolder
  readonly offer: Offer
  readonly assets: number
}

class Walk {
  readonly #tx: Transaction
  readonly #giver: Offering
  readonly #only: Selection['only']
  readonly #except: ReadonlySet<string>
  /** The offers of the folders that lead to the present one, by depth. */
  readonly #above: Offer[] = []
  /** Depth of a folder that is not shown, while what is below it goes by. */
  #hiddenFrom = Infinity

  constructor(tx: Transaction, giver: Offering, { except, only }: Selection) {
    this.#tx = tx
    this.#giver = giver
    this.#only = only
    this.#except = new Set(except.map((id) => bytesOfUuid(id).toString('latin1')))
  }

  async *rootAssets(roots: readonly NodeId[]): AsyncGenerator<AssetStep[]> {
    const assets = await selectAssets(this.#tx, this.#giver.contents, roots)
    for (const some of batches(assets, mostAtOnce)) yield await this.#steps(some, undefined)
  }

  async *folders(folders: readonly SelectedFolder[]): AsyncGenerator<WalkStep[]> {
    for (const group of inGroups(await this.#counted(await this.#shown(folders)))) {
      const [first] = group
      if (group.length === 1 && first && first.assets > mostAtOnce) yield* this.#largeFolder(first)
      else yield await this.#smallFolders(group)
    }
  }

  async *#largeFolder({ folder, offer }: ShownFolder): AsyncGenerator<WalkStep[]> {
    yield [{ kind: 'folder', ...folder }]
    for await (const assets of selectAssetsInPages(this.#tx, this.#giver.contents, folder.id, this.#only))
      yield await this.#steps(assets, () => offer)
  }

  async #smallFolders(group: readonly ShownFolder[]): Promise<WalkStep[]> {
    const isEmpty = group.every(({ assets }) => assets === 0)
    const ids = group.map(({ folder }) => folder.id)
    const assets = isEmpty ? [] : await selectAssetsOf(this.#tx, this.#giver.contents, ids, this.#only)
    const steps = await this.#steps(assets, ({ place }) => group[place]?.offer)
    const all: WalkStep[] = []
    let next = 0
    for (const [place, { folder }] of group.entries()) {
      all.push({ kind: 'folder', ...folder })
      for (; steps[next]?.place === place; next++) all.push(steps[next]!)
    }
    return all
  }

  /** Those of the folders that are shown. Most have what the one above has, and cost nothing. */
  async #shown(folders: readonly SelectedFolder[]): Promise<{ folder: SelectedFolder; offer: Offer }[]> {
    const asked = folders.filter(({ depth, hasAcl }) => depth === 0 || hasAcl).map(({ id }) => id)
    const offers = asked.length === 0 ? undefined : await this.#giver.offers(asked)
    const shown: { folder: SelectedFolder; offer: Offer }[] = []
    for (const folder of folders) {
      const { depth } = folder
      if (depth > this.#hiddenFrom) continue
      const offer = offers?.get(folder.id) ?? this.#above[depth - 1]
      this.#hiddenFrom = offer?.shown ? Infinity : depth
      if (!offer?.shown) continue
      this.#above.length = depth
      this.#above.push(offer)
      shown.push({ folder, offer })
    }
    return shown
  }

  async #counted(shown: readonly Omit<ShownFolder, 'assets'>[]): Promise<ShownFolder[]> {
    if (shown.length === 0) return []
    const counts = await countAssets(
      this.#tx,
      this.#giver.contents,
      shown.map(({ folder }) => folder.id),
      this.#only,
    )
    return shown.map((one, place) => ({ ...one, assets: counts[place] ?? 0 }))
  }

  /** @param inherited what an asset without entries of its own is given; absent: each is asked for */
  async #steps<Asset extends SelectedAsset>(
    assets: readonly Asset[],
    inherited: ((asset: Asset) => Offer | undefined) | undefined,
  ): Promise<(Asset & AssetStep)[]> {
    const asked = assets.filter(({ hasAcl }) => hasAcl || !inherited).map(({ key }) => nodeIdAt(key, 0))
    const offers = asked.length === 0 ? undefined : await this.#giver.offers(asked)
    const steps: (Asset & AssetStep)[] = []
    for (const asset of assets) {
      const isOwn = asset.hasAcl || !inherited
      const offer = isOwn ? offers?.get(nodeIdAt(asset.key, 0)) : inherited(asset)
      if (!offer?.shown || this.#isExcepted(asset)) continue
      steps.push({ ...asset, kind: 'asset', offer })
    }
    return steps
  }

  #isExcepted({ key }: SelectedAsset): boolean {
    return this.#except.size > 0 && this.#except.has(key.toString('latin1', 0, 16))
  }
}

/** Neighbours together, as long as they have no more assets than are read at once; a larger folder alone. */
function* inGroups(folders: readonly ShownFolder[]): Generator<ShownFolder[]> {
  let group: ShownFolder[] = []
  let assets = 0
  for (const folder of folders) {
    if (group.length > 0 && assets + folder.assets > mostAtOnce) {
      yield group
      group = []
      assets = 0
    }
    group.push(folder)
    assets += folder.assets
  }
  if (group.length > 0) yield group
}
