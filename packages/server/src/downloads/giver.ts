import { type NodeId, type PrincipalId, type ShareLinkId, VitrineError } from '@vitrine/domain'
import { readAccessEpoch } from '../access/access-epoch-store.ts'
import { privilegesOnAll, type Privileges } from '../access/node-access.ts'
import { subjectOf } from '../access/subject-store.ts'
import type { Parts } from '../parts.ts'
import type { LinkContents } from '../share-links/link-contents-store.ts'
import type { Offer } from '../share-links/link-view.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { reopenShareLink } from '../share-links/resolve-share-link.ts'
import type { DownloadOwner, StoredDownload } from './download.ts'
import { selectFolderAround } from './selection-store.ts'

/**
 * What gives a download its contents, as it is at one access epoch: a share link that opens, or a user with their own
 * rights. Make it anew for each request.
 */
export interface Giver {
  /** The access epoch that its offers belong to. */
  readonly epoch: number
  /** When it ends by itself, in ms since the Unix epoch; null: never. */
  readonly expiresAt: number | null
  /** Which nodes it can show at all. */
  readonly contents: LinkContents
  /** What it gives of each of the nodes, in a constant number of queries. Nodes that do not exist are not shown. */
  offers(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Offer>>
  /** Those of the nodes that it can show. Rights are not looked at; what is in the trash may be among them. */
  held(nodes: readonly NodeId[]): Promise<ReadonlySet<NodeId>>
  /** What rights let it give of each of the nodes, if it can show them: see {@link held}. */
  rights(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Offer>>
  /** All that it gives when nothing is named. */
  targets(): Promise<readonly NodeId[]>
  /** What archives are called that hold several nodes. */
  titleOf(nodes: readonly NodeId[]): Promise<string>
}

/** What opens a giver. */
export type GiverParts = Pick<Parts, 'db' | 'keys' | 'clock'>

/** A share link as a giver. */
export function giverOfLink({ shareLink, epoch, view }: OpenLink): Giver {
  return {
    epoch,
    expiresAt: shareLink.expiresAt,
    contents: view.contents,
    offers: (nodes) => view.offers(nodes),
    held: (nodes) => view.held(nodes),
    rights: (nodes) => view.rights(nodes),
    targets: async () => (await view.targets()).map(({ id }) => id),
    titleOf: async () => shareLink.title,
  }
}

/**
 * A user as a giver, with the rights that they have now.
 *
 * @throws {VitrineError} `download/contents-withdrawn` when the user is disabled: nothing is given then
 */
export async function giverOfUser({ db }: Pick<Parts, 'db'>, user: PrincipalId): Promise<Giver> {
  // First: what moves while the rest is read is noticed.
  const epoch = await readAccessEpoch(db)
  const subject = await subjectOf(db, user)
  if (subject.user !== user) {
    throw new VitrineError('download/contents-withdrawn', 'This download may not be given at present.')
  }
  const offers: Giver['offers'] = async (nodes) => {
    const privileges = await privilegesOnAll(db, subject, nodes)
    return new Map(nodes.map((id) => [id, offerOf(privileges.get(id))]))
  }
  return {
    epoch,
    expiresAt: null,
    contents: everything,
    offers,
    held: async (nodes) => new Set(nodes),
    rights: offers,
    targets: async () => [],
    titleOf: (nodes) => folderNameOf(db, nodes, offers),
  }
}

/** Of somebody whom no link confines: every node, as it is now. */
const everything: LinkContents = { mode: 'live', shareLink: '' as ShareLinkId }

/**
 * The giver of a download that was queued earlier. A link's expiry is left to the caller: what was queued before it may
 * be finished after it.
 *
 * @throws {VitrineError} `share-link/not-found`, `share-link/members-only`, `share-link/revoked`, `share-link/suspended`;
 *   `download/contents-withdrawn`
 */
export async function reopenGiver(parts: GiverParts, owner: DownloadOwner): Promise<Giver> {
  if (owner.kind === 'user') return giverOfUser(parts, owner.user)
  return giverOfLink(await reopenShareLink(parts, owner))
}

/** A download, and its giver as it is now. */
export interface GivenDownload {
  readonly giver: Giver
  readonly download: StoredDownload
}

function offerOf(privileges: Privileges | undefined): Offer {
  const shown = privileges?.has('read') ?? false
  return {
    shown,
    originals: shown && (privileges?.has('download-original') ?? false),
    renditions: shown && (privileges?.has('download-rendition') ?? false),
  }
}

/** The name of the folder that holds all of the nodes, when there is one and the user sees it. */
async function folderNameOf(db: Parts['db'], nodes: readonly NodeId[], offers: Giver['offers']): Promise<string> {
  const folder = await selectFolderAround(db, nodes)
  const isSeen = folder && (await offers([folder.id])).get(folder.id)?.shown
  // The root has no name.
  return isSeen && folder.name !== '' ? folder.name : 'Vitrine'
}
