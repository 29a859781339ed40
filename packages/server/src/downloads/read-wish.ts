import { type NodeId, VitrineError } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { publicIdsOf } from '../share-links/public-ids.ts'
import type { WantedContents, WantedFolder } from './download.ts'
import type { Giver } from './giver.ts'
import { selectNames, selectOutermost, type Selection } from './selection-store.ts'

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

/** What a user asks for: the body of the POST, parsed. */
export interface OwnRequest extends Omit<WantedContents, 'items' | 'except'> {
  readonly nodes: readonly NodeId[] | (WantedFolder & { readonly except: readonly NodeId[] })
}

/**
 * What a user asks for, as they may see it now.
 *
 * @throws {VitrineError} `node/not-found` for what they do not see, `node/not-a-folder`, `download/empty` when neither
 *   originals nor renditions are wanted
 */
export async function readOwnWish(
  parts: Pick<Parts, 'db'>,
  giver: Giver,
  { nodes, originals, renditions, layout }: OwnRequest,
): Promise<WantedContents> {
  if (!originals && renditions.length === 0) throw nothingWanted()
  const { items, except } = 'folder' in nodes ? partOfFolder(nodes) : { items: inOrder(nodes), except: [] }
  const named = 'folder' in items ? [items.folder] : items
  const offers = await giver.offers(named)
  if (named.some((id) => !offers.get(id)?.shown)) {
    throw new VitrineError('node/not-found', 'There is no such asset or folder.')
  }
  if ('folder' in items) await requireFolder(parts, items.folder)
  return { items, except, originals, renditions: [...new Set(renditions)], layout }
}

function partOfFolder({ folder, filter = '', except }: WantedFolder & { readonly except: readonly NodeId[] }) {
  return { items: { folder, ...(filter !== '' && { filter }) }, except: inOrder(except) }
}

/** Each once: the same wish is the same, in whatever order it is sent. */
function inOrder(ids: readonly NodeId[]): NodeId[] {
  return [...new Set(ids)].sort()
}

async function requireFolder({ db }: Pick<Parts, 'db'>, id: NodeId): Promise<void> {
  const [node] = await selectNames(db, [id])
  if (node?.kind === 'folder') return
  throw new VitrineError('node/not-a-folder', `"${node?.name ?? ''}" is not a folder.`, { nodeId: id })
}

/** The roots of what is wanted, as they are given now. */
export async function selectionOf(
  parts: Pick<Parts, 'db'>,
  giver: Giver,
  { items, except }: WantedContents,
): Promise<Selection> {
  if (items === 'all') return { roots: await giver.targets(), except }
  if (!('folder' in items)) return { roots: await selectOutermost(parts.db, giver.contents, items), except }
  const { folder, filter } = items
  return { roots: [folder], except, only: filter === undefined ? undefined : { folder, filter } }
}

/** What the archives of a download are called: for one thing that is its name, else as the giver says. */
export async function titleOf(parts: Pick<Parts, 'db'>, giver: Giver, { roots }: Selection): Promise<string> {
  const [only] = roots.length === 1 ? await selectNames(parts.db, roots) : []
  if (!only || only.name === '') return giver.titleOf(roots)
  return only.kind === 'folder' ? only.name : only.name.replace(/(?<=.)\.[^.]*$/, '')
}
