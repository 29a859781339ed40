import {
  chooseExpiry,
  VitrineError,
  type NodeId,
  type ShareLink,
  type ShareLinkAudience,
  type ShareLinkId,
  type ShareLinkMode,
  type Subject,
} from '@vitrine/domain'
import { isDeepStrictEqual } from 'node:util'
import { privilegesOnAll } from '../access/node-access.ts'
import type { Database, Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { expiryPolicyOf, mayChooseNever } from './expiry-policy.ts'
import { fixContents } from './fix-contents.ts'
import { standingsOfLinks } from './link-standing.ts'
import { requireDraft } from './share-link-draft.ts'
import {
  insertShareLink,
  selectNames,
  selectSame,
  selectShareLink,
  selectTargets,
  type StoredShareLink,
} from './share-link-store.ts'

/** A link that somebody wants. */
export interface NewShareLink {
  /** In the order in which visitors see them; what is named twice counts once. */
  readonly targets: readonly NodeId[]
  /** In ms since the Unix epoch; null: never; undefined: the default. */
  readonly expiresAt?: number | null | undefined
  readonly originals: boolean
  readonly renditions: boolean
  /** Undefined: after the first target. */
  readonly title?: string | undefined
  readonly audience: ShareLinkAudience
  readonly mode: ShareLinkMode
  /**
   * Take the live link that this person already holds on the same targets with the same settings, if there is one. One
   * whose contents were fixed earlier stands in for none.
   */
  readonly reuse: boolean
  /** The draft whose URL it is to have, with its proof; undefined: it gets a new one. */
  readonly draft?: { readonly id: ShareLinkId; readonly proof: string } | undefined
}

/**
 * Makes a share link, held by whoever makes it. With a draft it is made once, however often it is asked for.
 *
 * @returns its id, and whether it was there before
 * @throws {VitrineError} `node/not-found` also for a target that the subject may not read; `access/denied` for one that
 *   they may not share; `share-link/expiry-out-of-range`, `share-link/no-targets`, `share-link/too-many-items`,
 *   `share-link/draft-out-of-date`; `share-link/made-already` when a link was made with the draft that is another one, and
 *   `share-link/revoked` when it was ended
 */
export async function createShareLink(
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'config' | 'keys'>,
  subject: Subject,
  wanted: NewShareLink,
): Promise<{ readonly id: ShareLinkId; readonly isNew: boolean }> {
  const now = parts.clock()
  const targets = [...new Set(wanted.targets)]
  if (targets.length === 0) throw new VitrineError('share-link/no-targets', 'Choose something to share.')
  if (wanted.draft) requireDraft(parts.keys, { id: wanted.draft.id, user: subject.user }, wanted.draft.proof, now)
  return inTransaction(parts.db, async (tx) => {
    const made = wanted.draft && (await selectShareLink(tx, wanted.draft.id))
    if (made) return asMade(tx, subject, made, wanted)
    const shareLink = newShareLink(parts, subject, { ...wanted, targets }, now)
    await requireShareable(tx, subject, targets)
    const same = wanted.reuse && wanted.mode === 'live' ? await selectSame(tx, shareLink, now) : undefined
    if (same !== undefined && (await canStandIn(tx, same, wanted))) return { id: same.id, isNew: false }
    const title = wanted.title ?? (await titleOf(tx, targets))
    if (!(await insertShareLink(tx, { ...shareLink, title }))) return asMadeMeanwhile(tx, subject, shareLink.id, wanted)
    if (wanted.mode !== 'live') await fixContents(tx, subject, { id: shareLink.id, mode: wanted.mode, targets })
    await announceChange(tx, { shareLinksOf: [shareLink.holder] })
    return { id: shareLink.id, isNew: true }
  })
}

function newShareLink(
  parts: Pick<Parts, 'newId' | 'config'>,
  subject: Subject,
  wanted: NewShareLink,
  now: number,
): Omit<ShareLink, 'title'> {
  const mayNever = mayChooseNever(parts.config, subject)
  return {
    id: wanted.draft?.id ?? (parts.newId() as ShareLinkId),
    generation: 1,
    creator: subject.user,
    holder: subject.user,
    targets: wanted.targets,
    audience: wanted.audience,
    mode: wanted.mode,
    frozenAt: wanted.mode === 'live' ? null : now,
    originals: wanted.originals,
    renditions: wanted.renditions,
    createdAt: now,
    expiresAt: chooseExpiry(wanted.expiresAt, now, expiryPolicyOf(parts.config), mayNever),
    revokedAt: null,
  }
}

/** Another request made a link with the same draft at the same time: it has been committed. */
async function asMadeMeanwhile(
  tx: Transaction,
  subject: Subject,
  id: ShareLinkId,
  wanted: NewShareLink,
): Promise<{ readonly id: ShareLinkId; readonly isNew: boolean }> {
  const made = await selectShareLink(tx, id)
  if (made === undefined) throw new Error('a link is there and is not')
  return asMade(tx, subject, made, wanted)
}

/** The link that was made with a draft, as long as it is the one that is wanted. */
async function asMade(
  tx: Transaction,
  subject: Subject,
  made: StoredShareLink,
  wanted: NewShareLink,
): Promise<{ readonly id: ShareLinkId; readonly isNew: boolean }> {
  if (made.holder !== subject.user) throw new VitrineError('share-link/not-found', 'There is no such share link.')
  if (made.revokedAt !== null) throw new VitrineError('share-link/revoked', 'This share link was revoked.')
  const targets = (await selectTargets(tx, [made.id])).get(made.id)?.map(({ id }) => id)
  const isSame =
    isDeepStrictEqual(targets, [...new Set(wanted.targets)]) &&
    (['audience', 'mode', 'originals', 'renditions'] as const).every((name) => made[name] === wanted[name]) &&
    isAsWanted(made, wanted)
  if (isSame) return { id: made.id, isNew: false }
  throw new VitrineError(
    'share-link/made-already',
    'This link was made already, with other settings. Change it instead.',
  )
}

/** Expiry and title are what was asked for, where something was. */
function isAsWanted(made: StoredShareLink, { expiresAt, title }: NewShareLink): boolean {
  return (expiresAt === undefined || expiresAt === made.expiresAt) && (title === undefined || title === made.title)
}

/**
 * Lets through who may share each of the nodes.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`
 */
export async function requireShareable(
  db: Database | Transaction,
  subject: Subject,
  targets: readonly NodeId[],
): Promise<void> {
  const privileges = await privilegesOnAll(db, subject, targets)
  for (const target of targets) {
    const granted = privileges.get(target)
    if (granted?.has('read') !== true) {
      throw new VitrineError('node/not-found', 'There is no such asset or folder.', { target })
    }
    if (!granted.has('share')) throw new VitrineError('access/denied', 'You may not share this.', { target })
  }
}

async function canStandIn(tx: Transaction, same: StoredShareLink, wanted: NewShareLink): Promise<boolean> {
  if (!isAsWanted(same, wanted)) return false
  return (await standingsOfLinks(tx, [same])).get(same.id)?.reasons.length === 0
}

/** The name of the first target, and how many more there are. The root has no name. */
async function titleOf(tx: Transaction, targets: readonly NodeId[]): Promise<string> {
  const [first] = targets
  const name = first === undefined ? '' : ((await selectNames(tx, [first])).get(first) ?? '')
  const title = name === '' ? 'Vitrine' : name
  return targets.length === 1 ? title : `${title} + ${targets.length - 1}`
}
