import type { NodeId, PrincipalId, ShareLinkId } from '../ids.ts'

/**
 * Who may open a share link.
 *
 * - `anyone`: whoever has its address;
 * - `members`: whoever has it and is signed in.
 */
export const shareLinkAudiences = ['anyone', 'members'] as const

/** One of {@link shareLinkAudiences}. */
export type ShareLinkAudience = (typeof shareLinkAudiences)[number]

/**
 * What a share link shows of its targets.
 *
 * - `live`: what lies in them now, also what was added later;
 * - `frozen`: what lay in them when it was fixed, wherever that is now, and as it is now;
 * - `versions`: the same, each asset in the version that it had then.
 */
export const shareLinkModes = ['live', 'frozen', 'versions'] as const

/** One of {@link shareLinkModes}. */
export type ShareLinkMode = (typeof shareLinkModes)[number]

/** A secret address that shows its targets to anyone who has it, through its holder's rights, until it ends. */
export interface ShareLink {
  readonly id: ShareLinkId
  /** Part of the token's signature: raised, it makes every token given out so far void. From 1 on. */
  readonly generation: number
  /** What the visitor's page calls it. */
  readonly title: string
  /** Who made it. */
  readonly creator: PrincipalId
  /** Through whose rights it looks: at first the creator. */
  readonly holder: PrincipalId
  /** What is shared, in the order chosen. Ids, not paths: a target may move without breaking its links. */
  readonly targets: readonly NodeId[]
  readonly audience: ShareLinkAudience
  readonly mode: ShareLinkMode
  /** When its contents were fixed, in ms since the Unix epoch; null: it is live. */
  readonly frozenAt: number | null
  /** Whether originals may be downloaded, where the holder may. */
  readonly originals: boolean
  /** Whether renditions may be downloaded, where the holder may. */
  readonly renditions: boolean
  /** In ms since the Unix epoch. */
  readonly createdAt: number
  /** In ms since the Unix epoch. From this instant on it is expired. Null: never. */
  readonly expiresAt: number | null
  /** In ms since the Unix epoch; null: it was not revoked. */
  readonly revokedAt: number | null
}

/** What has become of a share link. Of several, the first of this order: revoked, expired, suspended, live. */
export type ShareLinkState = 'live' | 'expired' | 'revoked' | 'suspended'

/**
 * Why a share link is suspended.
 *
 * - `holder-disabled`: its holder may not sign in any more;
 * - `read-lost`, `share-lost`: the holder may not see this target, or not share it, any more;
 * - `gone`: every target is in the trash, or was removed for good, and nothing else is left of what was fixed.
 */
export type SuspensionReason =
  | { readonly kind: 'holder-disabled' }
  | { readonly kind: 'read-lost' | 'share-lost'; readonly target: NodeId }
  | { readonly kind: 'gone' }

/** How the holder stands to one target now. */
export interface TargetStanding {
  readonly target: NodeId
  /** It, or a folder above it, is in the trash. */
  readonly inTrash: boolean
  readonly mayRead: boolean
  readonly mayShare: boolean
}

/**
 * Why a link with this holder and these targets does not open at present; empty: it opens.
 *
 * One target of which a right was lost suspends the whole link: its holder is to decide. A target in the trash is left
 * out instead, as long as something else is there.
 *
 * @param isMoreLeft whether the link shows something that was moved out of its targets
 */
export function suspensionReasons(
  holderDisabled: boolean,
  targets: readonly TargetStanding[],
  isMoreLeft: boolean,
): SuspensionReason[] {
  if (holderDisabled) return [{ kind: 'holder-disabled' }]
  const present = targets.filter(({ inTrash }) => !inTrash)
  if (present.length === 0 && !isMoreLeft) return [{ kind: 'gone' }]
  return present
    .filter(({ mayRead, mayShare }) => !mayRead || !mayShare)
    .map(({ target, mayRead }) => ({ kind: mayRead ? 'share-lost' : 'read-lost', target }))
}

/**
 * The state of a link at a time.
 *
 * @param now in ms since the Unix epoch
 * @param reasons as of {@link suspensionReasons}
 */
export function shareLinkState(
  shareLink: Pick<ShareLink, 'expiresAt' | 'revokedAt'>,
  now: number,
  reasons: readonly SuspensionReason[],
): ShareLinkState {
  if (shareLink.revokedAt !== null) return 'revoked'
  if (shareLink.expiresAt !== null && now >= shareLink.expiresAt) return 'expired'
  return reasons.length > 0 ? 'suspended' : 'live'
}

/** Most targets of one share link. */
export const mostTargets = 1000
