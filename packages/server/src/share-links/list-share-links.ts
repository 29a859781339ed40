import { VitrineError, type NodeId, type ShareLinkId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import type { LinkUser } from './own-share-link.ts'
import { completeShareLinks, type FoundShareLink } from './present-share-links.ts'
import { selectShareLinks, type StoredShareLink } from './share-link-store.ts'

/** Which links somebody wants to see. */
export interface ShareLinksWanted {
  /** Everybody's. */
  readonly all: boolean
  readonly target?: NodeId | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A page of links, the newest first. */
export interface ShareLinksFound {
  readonly shareLinks: readonly FoundShareLink[]
  /** Cursor of the next page; null after the last. */
  readonly next: string | null
}

/**
 * Lists the links that somebody holds, or everybody's.
 *
 * @throws {VitrineError} `access/denied` for everybody's without `share-links/view-all`; `request/invalid` for a wrong
 *   cursor
 */
export async function listShareLinks(
  parts: Pick<Parts, 'db'>,
  user: LinkUser,
  wanted: ShareLinksWanted,
): Promise<ShareLinksFound> {
  if (wanted.all && !user.globals.has('share-links/view-all')) {
    throw new VitrineError('access/denied', 'You may not see the share links of others.')
  }
  const rows = await selectShareLinks(parts.db, {
    holder: wanted.all ? undefined : user.userId,
    target: wanted.target,
    after: wanted.cursor === undefined ? undefined : readCursor(wanted.cursor),
    limit: wanted.limit + 1,
  })
  const page = rows.slice(0, wanted.limit)
  const last = page.at(-1)
  return {
    shareLinks: await completeShareLinks(parts.db, page),
    next: last !== undefined && rows.length > wanted.limit ? cursorAfter(last) : null,
  }
}

function cursorAfter({ createdAt, id }: StoredShareLink): string {
  return Buffer.from(`${createdAt}.${id}`).toString('base64url')
}

function readCursor(cursor: string): { readonly createdAt: number; readonly id: ShareLinkId } {
  const [, createdAt, id] = /^(\d{1,15})\.([\da-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (createdAt !== undefined && id !== undefined) return { createdAt: Number(createdAt), id: id as ShareLinkId }
  throw new VitrineError('request/invalid', 'The cursor does not belong to this list.', { field: 'cursor' })
}
