import type { ShareLinkSort } from '@vitrine/api'
import { VitrineError, type NodeId, type ShareLinkState } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { cursorAfter, readCursor } from './list-cursor.ts'
import type { LinkUser } from './own-share-link.ts'
import { completeShareLinks, type FoundShareLink } from './present-share-links.ts'
import { countByState, selectShareLinks } from './share-link-list-store.ts'

/** Which links somebody wants to see. */
export interface ShareLinksWanted {
  /** Everybody's. */
  readonly all: boolean
  readonly target?: NodeId | undefined
  /** In the title, whatever its case; empty: all. */
  readonly search: string
  readonly state?: ShareLinkState | undefined
  readonly sort: ShareLinkSort
  readonly limit: number
  /** So many are left out first; `cursor` wins over it. */
  readonly offset: number
  readonly cursor?: string | undefined
}

/** A page of links. */
export interface ShareLinksFound {
  readonly shareLinks: readonly FoundShareLink[]
  /** Cursor of the next page; null after the last. */
  readonly next: string | null
  /** How many there are on all pages. */
  readonly total: number
  /** How many there are of each state, whatever state is wanted. */
  readonly counts: Readonly<Record<ShareLinkState, number>>
}

/**
 * Lists the links that somebody holds, or everybody's.
 *
 * Whether a link is suspended depends on rights that are looked at when it is opened. For thousands the list goes by what
 * people were told: one that was suspended a moment ago may stand among those that are live, and says itself what it is.
 *
 * @throws {VitrineError} `access/denied` for everybody's without `share-links/view-all`; `request/invalid` for a wrong
 *   cursor
 */
export async function listShareLinks(
  parts: Pick<Parts, 'db' | 'clock'>,
  user: LinkUser,
  wanted: ShareLinksWanted,
): Promise<ShareLinksFound> {
  requireMayListAll(user, wanted)
  const { target, search, state, sort, offset, cursor } = wanted
  const filter = { holder: wanted.all ? undefined : user.userId, target, search, state }
  const start = cursor === undefined ? undefined : readCursor(sort, cursor)
  const now = parts.clock()
  const [rows, counts] = await Promise.all([
    selectShareLinks(parts.db, filter, { sort, start, offset, limit: wanted.limit + 1 }, now),
    countByState(parts.db, filter, now),
  ])
  const page = rows.slice(0, wanted.limit)
  const last = page.at(-1)
  const shareLinks = page.map(({ stored }) => stored)
  return {
    shareLinks: await completeShareLinks(parts.db, shareLinks),
    next:
      last !== undefined && rows.length > wanted.limit
        ? cursorAfter(sort, { value: last.value, id: last.stored.id })
        : null,
    total: state === undefined ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[state],
    counts,
  }
}

/** @throws {VitrineError} `access/denied` when somebody asks for everybody's links who may not see them */
export function requireMayListAll(user: LinkUser, { all }: Pick<ShareLinksWanted, 'all'>): void {
  if (!all || user.globals.has('share-links/view-all')) return
  throw new VitrineError('access/denied', 'You may not see the share links of others.')
}
