import type { SeenShareLink, ShareLinkBody } from '@vitrine/api'
import {
  shareLinkState,
  type NodeId,
  type PrincipalId,
  type ShareLinkAudience,
  type ShareLinkId,
  type SuspensionReason,
} from '@vitrine/domain'
import type { Database } from '../db/open.ts'
import type { Parts } from '../parts.ts'
import { standingsOfLinks, type LinkStanding } from './link-standing.ts'
import { maySeeUrl, type LinkUser } from './own-share-link.ts'
import { tagOf } from './share-link-tag.ts'
import { selectPeople, type NamedPerson, type StoredShareLink } from './share-link-store.ts'
import { tokenOf } from './token.ts'

/** A link with what is not in its row. */
export interface FoundShareLink {
  readonly stored: StoredShareLink
  readonly standing: LinkStanding
  readonly creator: NamedPerson
  readonly holder: NamedPerson
}

/** Finds out how links stand now, in a bounded number of queries for each holder. */
export async function completeShareLinks(
  db: Database,
  shareLinks: readonly StoredShareLink[],
): Promise<FoundShareLink[]> {
  const persons = [...new Set(shareLinks.flatMap(({ creator, holder }) => [creator, holder]))]
  const [standings, people] = await Promise.all([standingsOfLinks(db, shareLinks), selectPeople(db, persons)])
  return shareLinks.flatMap((stored) => {
    const standing = standings.get(stored.id)
    const creator = people.get(stored.creator)
    const holder = people.get(stored.holder)
    return standing && creator && holder ? [{ stored, standing, creator, holder }] : []
  })
}

/** What URLs begin with, without a slash at its end, by who is to open them. */
export type LinkOrigins = Readonly<Record<ShareLinkAudience, string>>

/** A link as somebody may see it. */
export function presentShareLink(
  parts: Pick<Parts, 'keys' | 'clock'>,
  user: LinkUser,
  found: FoundShareLink,
  origins: LinkOrigins,
): SeenShareLink {
  const { stored, standing } = found
  const state = shareLinkState(stored, parts.clock(), standing.reasons)
  return {
    id: stored.id,
    url: maySeeUrl(user, stored) ? urlOf(parts, stored, origins) : null,
    title: stored.title,
    state,
    reasons: state === 'suspended' ? presentReasons(standing.reasons, standing.targets) : [],
    targets: standing.targets.map(({ id, kind, name, inTrash }) => ({ id, kind, name, inTrash })),
    audience: stored.audience,
    mode: stored.mode,
    frozenAt: stored.frozenAt === null ? null : isoOf(stored.frozenAt),
    originals: stored.originals,
    renditions: stored.renditions,
    creator: presentPerson(found.creator),
    holder: presentPerson(found.holder),
    createdAt: isoOf(stored.createdAt),
    expiresAt: stored.expiresAt === null ? null : isoOf(stored.expiresAt),
    revokedAt: stored.revokedAt === null ? null : isoOf(stored.revokedAt),
    opens: stored.opens,
    etag: tagOf(stored),
  }
}

/** The same for whoever may see its URL. */
export function presentOwnShareLink(
  parts: Pick<Parts, 'keys' | 'clock'>,
  user: LinkUser,
  found: FoundShareLink,
  origins: LinkOrigins,
): ShareLinkBody {
  return { ...presentShareLink(parts, user, found, origins), url: urlOf(parts, found.stored, origins) }
}

/** Why a link is suspended, with the names of the targets that it is about. */
export function presentReasons(
  reasons: readonly SuspensionReason[],
  targets: readonly { readonly id: NodeId; readonly name: string }[],
): SeenShareLink['reasons'] {
  const names = new Map(targets.map(({ id, name }) => [id, name]))
  return reasons.map((reason) =>
    'target' in reason
      ? { reason: reason.kind, target: { id: reason.target, name: names.get(reason.target) ?? '' } }
      : { reason: reason.kind },
  )
}

/** A link's absolute URL, with its token. */
export function urlOf(
  parts: Pick<Parts, 'keys'>,
  shareLink: { readonly id: ShareLinkId; readonly generation: number; readonly audience: ShareLinkAudience },
  origins: LinkOrigins,
): string {
  return `${origins[shareLink.audience]}/linkshare.html?sh=${tokenOf(parts.keys, shareLink)}`
}

/** Somebody, as others may see them. */
export function presentPerson({ id, name, displayName }: NamedPerson): {
  readonly id: PrincipalId
  readonly name: string
  readonly displayName: string
} {
  return { id, name, displayName }
}

/** An instant in ms since the Unix epoch, as it goes out. */
export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
