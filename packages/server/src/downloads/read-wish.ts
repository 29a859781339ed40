import { type NodeId, VitrineError } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { publicIdsOf } from '../share-links/public-ids.ts'
import type { WantedContents } from './download.ts'
import { selectNames, selectOutermost } from './selection-store.ts'
import type { Selection } from './walk-selection.ts'

/** A visitor's request, with public ids: the body of the POST, parsed. */
export interface RequestedContents extends Omit<WantedContents, 'items' | 'except'> {
  readonly items: 'all' | readonly string[]
  readonly except: readonly string[]
}

/**
 * What a visitor asks for, with the nodes that are meant, as the link gives it now.
 *
 * @throws {VitrineError} `download/originals-not-allowed`, `download/renditions-not-allowed`, `download/empty` when
 *   neither is wanted, `item/not-found` for what the link does not show
 */
export async function readWish(
  parts: Pick<Parts, 'keys'>,
  link: OpenLink,
  requested: RequestedContents,
): Promise<WantedContents> {
  const { originals, renditions, layout } = requested
  if (originals && !link.shareLink.originals) {
    throw new VitrineError('download/originals-not-allowed', 'This link does not give the original files.')
  }
  if (renditions.length > 0 && !link.shareLink.renditions) {
    throw new VitrineError('download/renditions-not-allowed', 'This link does not give renditions.')
  }
  if (!originals && renditions.length === 0) throw nothingWanted()
  const { items, except } = requested
  return {
    items: items === 'all' ? items : await shownNodes(parts, link, items, true),
    except: await shownNodes(parts, link, except, false),
    originals,
    renditions: [...new Set(renditions)],
    layout,
  }
}

function nothingWanted(): VitrineError {
  return new VitrineError('download/empty', 'There is nothing to download in this selection.')
}

/** The nodes that the link calls so and shows, each once, in the order of their ids; the others are left out or refused. */
async function shownNodes(
  parts: Pick<Parts, 'keys'>,
  { shareLink, view }: OpenLink,
  publicIds: readonly string[],
  isEachNeeded: boolean,
): Promise<NodeId[]> {
  if (publicIds.length === 0) return []
  const ids = publicIdsOf(parts.keys, shareLink.id)
  const meanings = [...new Set(publicIds)].map((publicId) => ids.nodesOf(publicId))
  const offers = await view.offers(meanings.flat())
  const nodes = meanings.map((candidates) => candidates.find((id) => offers.get(id)?.shown))
  if (isEachNeeded && nodes.includes(undefined)) {
    throw new VitrineError('item/not-found', 'This is not, or no longer, part of the link.')
  }
  return nodes.filter((id) => id !== undefined).sort()
}

/** The roots of what is wanted, as the link shows them now. */
export async function selectionOf(
  parts: Pick<Parts, 'db'>,
  { view }: OpenLink,
  { items, except }: WantedContents,
): Promise<Selection> {
  if (items === 'all') return { roots: (await view.targets()).map(({ id }) => id), except }
  return { roots: await selectOutermost(parts.db, view.contents, items), except }
}

/** What the archives of a download are called: for one thing that is its name, else the link's title. */
export async function titleOf(parts: Pick<Parts, 'db'>, link: OpenLink, { roots }: Selection): Promise<string> {
  const [only] = roots.length === 1 ? await selectNames(parts.db, roots) : []
  if (!only) return link.shareLink.title
  return only.kind === 'folder' ? only.name : only.name.replace(/(?<=.)\.[^.]*$/, '')
}
