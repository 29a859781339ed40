import type { Parts } from '../parts.ts'
import { cursorAfter, readCursor } from './list-cursor.ts'
import type { LinkUser } from './own-share-link.ts'
import { completeShareLinks, type FoundShareLink } from './present-share-links.ts'
import { selectForMember } from './share-link-list-store.ts'

/** Links of others for members, a page of them. */
export interface SharedWithMe {
  readonly shareLinks: readonly FoundShareLink[]
  /** Cursor of the next page; null after the last. */
  readonly next: string | null
}

/** Times that more rows are read when links of a page turn out not to open. Then the page is short. */
const mostRounds = 5

/**
 * The links that others hold, that open now, and whose audience somebody is in; the newest first.
 *
 * @throws {VitrineError} `request/invalid` for a wrong cursor
 */
export async function listSharedWithMe(
  parts: Pick<Parts, 'db' | 'clock'>,
  { userId }: LinkUser,
  wanted: { readonly search: string; readonly limit: number; readonly cursor?: string | undefined },
): Promise<SharedWithMe> {
  const { search, limit } = wanted
  const shareLinks: FoundShareLink[] = []
  let start = wanted.cursor === undefined ? undefined : readCursor('-created', wanted.cursor)
  for (let round = 0; round < mostRounds; round++) {
    const rows = await selectForMember(parts.db, userId, search, start, limit + 1, parts.clock())
    const found = await completeShareLinks(parts.db, rows.slice(0, limit))
    for (const one of found) {
      start = { value: one.stored.createdAt, id: one.stored.id }
      if (one.standing.reasons.length === 0) shareLinks.push(one)
      if (shareLinks.length === limit)
        return { shareLinks, next: isLast(rows, one) ? null : cursorAfter('-created', start) }
    }
    if (rows.length <= limit) return { shareLinks, next: null }
  }
  return { shareLinks, next: start === undefined ? null : cursorAfter('-created', start) }
}

function isLast(rows: readonly { readonly id: string }[], { stored }: FoundShareLink): boolean {
  return rows.at(-1)?.id === stored.id
}
