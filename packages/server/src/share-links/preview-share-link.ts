import type { PreviewReason, ShareLinkPreview, ShareLinkTally } from '@vitrine/api'
import { isAdministrator, VitrineError, type NodeId, type PrincipalId, type Subject } from '@vitrine/domain'
import { privilegesOnAll } from '../access/node-access.ts'
import { subjectOf } from '../access/subject-store.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Transaction } from '../db/open.ts'
import type { Parts } from '../parts.ts'
import { surveyTargets, type SurveyedZone } from './survey-targets.ts'
import { countBelow, selectTrashed, type Below, type TrashedNode } from './zone-store.ts'

/** A link that somebody thinks of making. */
export interface PreviewWish {
  readonly targets: readonly NodeId[]
  readonly originals: boolean
  readonly renditions: boolean
  /** Through whose rights it would look; undefined: those of whoever asks. */
  readonly holder?: PrincipalId | undefined
}

/**
 * What a link would show, counted, and what it would leave out for want of which right.
 *
 * Counted by the database, in time by what lies below the targets; in memory are the nodes that have entries of their
 * own. Nothing is counted that the asker may not read: that is not there for them.
 *
 * @throws {VitrineError} `access/denied` for another holder, unless an administrator asks
 */
export async function previewShareLink(
  { db }: Pick<Parts, 'db'>,
  asker: Subject,
  wish: PreviewWish,
): Promise<ShareLinkPreview> {
  const { holder = asker.user } = wish
  if (holder !== asker.user && !isAdministrator(asker)) {
    throw new VitrineError('access/denied', 'You may not see what others may share.')
  }
  const targets = [...new Set(wish.targets)]
  const snapshot = { isolation: 'repeatable read', readOnly: true } as const
  const seen = await inTransaction(
    db,
    async (tx) => look(tx, asker, holder === asker.user ? asker : await subjectOf(tx, holder), targets),
    snapshot,
  )
  return new Preview(wish, seen).of(targets)
}

/** What a preview is counted from. */
interface Seen {
  /** Those that the asker may read, each after those above it. */
  readonly zones: ReadonlyMap<NodeId, SurveyedZone>
  /** What lies below a zone, down to the next ones. */
  readonly own: ReadonlyMap<NodeId, Below>
  readonly trashed: ReadonlyMap<NodeId, TrashedNode>
}

async function look(tx: Transaction, asker: Subject, holder: Subject, targets: readonly NodeId[]): Promise<Seen> {
  const all = await surveyTargets(tx, holder, targets)
  const folders = all.filter(({ kind }) => kind === 'folder').map(({ id }) => id)
  const below = await countBelow(tx, folders)
  const trashed = await selectTrashed(tx, targets)
  const looked = [...all.map(({ id }) => id), ...trashed.map(({ folder }) => folder)]
  const privileges = await privilegesOnAll(tx, asker, [...new Set(looked)])
  const mayRead = (id: NodeId) => privileges.get(id)?.has('read') === true
  return {
    zones: new Map(all.filter(({ id }) => mayRead(id)).map((zone) => [zone.id, zone])),
    own: withoutZonesBelow(all, below),
    trashed: new Map(trashed.filter(({ folder }) => mayRead(folder)).map((node) => [node.id, node])),
  }
}

/** What each zone holds without the zones below it, so that everything is counted once. */
function withoutZonesBelow(
  zones: readonly SurveyedZone[],
  below: ReadonlyMap<NodeId, Below>,
): ReadonlyMap<NodeId, Below> {
  const own = new Map(below)
  // From above downwards: a zone is taken out whole, before its own zones are taken from it.
  for (const zone of zones) {
    const above = zone.above === null ? undefined : own.get(zone.above)
    if (zone.above !== null && above) own.set(zone.above, difference(above, wholeOf(zone, own.get(zone.id))))
  }
  return own
}

function difference(one: Below, other: Below): Below {
  return {
    folders: one.folders - other.folders,
    assets: one.assets - other.assets,
    bytes: one.bytes - other.bytes,
    trashed: {
      folders: one.trashed.folders - other.trashed.folders,
      assets: one.trashed.assets - other.trashed.assets,
    },
  }
}

const nothing: Below = { folders: 0, assets: 0, bytes: 0, trashed: { folders: 0, assets: 0 } }

/** A zone, itself counted, and what lies below it. */
function wholeOf(zone: SurveyedZone, below: Below = nothing): Below {
  if (zone.kind === 'asset') return { ...nothing, assets: 1, bytes: zone.size }
  return { ...below, folders: below.folders + 1 }
}

/** Names of what is left out that are told at most, for each reason. */
const mostNames = 20

type LeftOut = ShareLinkPreview['leftOut'][number]

class Preview {
  readonly #wish: PreviewWish
  readonly #seen: Seen
  readonly #reasons = new Map<NodeId, PreviewReason>()
  readonly #shown = new Map<NodeId, ShareLinkTally>()
  readonly #leftOut = new Map<NodeId, Map<PreviewReason, LeftOut>>()
  #all: ShareLinkTally = { folders: 0, assets: 0, bytes: 0 }

  constructor(wish: PreviewWish, seen: Seen) {
    this.#wish = wish
    this.#seen = seen
  }

  of(targets: readonly NodeId[]): ShareLinkPreview {
    for (const zone of this.#seen.zones.values()) this.#count(zone)
    const leftOut = new Map<PreviewReason, LeftOut>()
    for (const ofTarget of this.#leftOut.values()) for (const one of ofTarget.values()) merge(leftOut, one)
    return {
      shown: this.#all,
      leftOut: [...leftOut.values()],
      targets: targets.map((id) => this.#target(id)),
    }
  }

  #count(zone: SurveyedZone): void {
    const whole = wholeOf(zone, this.#seen.own.get(zone.id))
    const tally = { folders: whole.folders, assets: whole.assets, bytes: whole.bytes }
    if (zone.shownIn.length === 0) {
      const reason = this.#reasonOf(zone)
      this.#reasons.set(zone.id, reason)
      this.#leave(zone, { reason, ...tally, names: [zone.name] })
      return
    }
    this.#all = sum(this.#all, tally)
    for (const target of zone.shownIn) this.#shown.set(target, sum(this.#shown.get(target), tally))
    this.#withhold(zone, tally)
    const { trashed } = whole
    if (trashed.folders + trashed.assets > 0) this.#leave(zone, { reason: 'in-trash', ...trashed, bytes: 0, names: [] })
  }

  /** Shown, but not to be had as it is. */
  #withhold(zone: SurveyedZone, { assets, bytes }: ShareLinkTally): void {
    if (assets === 0) return
    const { originals, renditions } = this.#wish
    const names = zone.kind === 'asset' ? [zone.name] : []
    const without = { folders: 0, assets, bytes, names }
    if (originals && !zone.privileges.has('download-original')) this.#leave(zone, { reason: 'no-original', ...without })
    if (renditions && !zone.privileges.has('download-rendition'))
      this.#leave(zone, { reason: 'no-rendition', ...without })
  }

  #leave({ target }: SurveyedZone, leftOut: LeftOut): void {
    const ofTarget = this.#leftOut.get(target) ?? new Map<PreviewReason, LeftOut>()
    this.#leftOut.set(target, ofTarget)
    merge(ofTarget, leftOut)
  }

  #reasonOf({ privileges, above }: SurveyedZone): PreviewReason {
    if (!privileges.has('read')) return 'no-read'
    if (!privileges.has('share')) return 'no-share'
    return (above === null ? undefined : this.#reasons.get(above)) ?? 'no-read'
  }

  #target(id: NodeId): ShareLinkPreview['targets'][number] {
    const shown = this.#shown.get(id) ?? { folders: 0, assets: 0, bytes: 0 }
    const leftOut = [...(this.#leftOut.get(id)?.values() ?? [])]
    const zone = this.#seen.zones.get(id)
    const node = zone ?? this.#seen.trashed.get(id)
    if (node === undefined) return { id, kind: null, name: null, state: 'not-found', shown, leftOut }
    const state = zone === undefined ? 'in-trash' : zone.shownIn.length > 0 ? 'shown' : this.#stateOf(zone)
    return { id, kind: node.kind, name: node.name, state, shown, leftOut }
  }

  #stateOf({ privileges }: SurveyedZone): 'no-read' | 'no-share' {
    return privileges.has('read') ? 'no-share' : 'no-read'
  }
}

function sum(one: ShareLinkTally | undefined, other: ShareLinkTally): ShareLinkTally {
  if (one === undefined) return other
  return {
    folders: one.folders + other.folders,
    assets: one.assets + other.assets,
    bytes: one.bytes + other.bytes,
  }
}

function merge(into: Map<PreviewReason, LeftOut>, added: LeftOut): void {
  const before = into.get(added.reason)
  const names = [...(before?.names ?? []), ...added.names].slice(0, mostNames)
  into.set(added.reason, { reason: added.reason, ...sum(before, added), names })
}
