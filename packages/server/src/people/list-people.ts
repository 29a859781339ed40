import type { PrincipalId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { selectMembers, type StoredMember } from './member-store.ts'
import { cursorAfter, nameOf } from './name-cursor.ts'
import { requireGroup } from './people-rules.ts'
import { selectPrincipals, type StoredPrincipal } from './principal-store.ts'
import { requireGlobal, type SignedIn } from './signed-in.ts'

/** Which part of a list. */
export interface PageWish {
  /** From the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Part of a list that is ordered by name. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many there are on all pages. */
  readonly total: number
  /** Cursor of the next page; null: this is the last one. */
  readonly next: string | null
}

/**
 * Lists users or groups.
 *
 * @throws {VitrineError} `access/denied`
 */
export async function listPeople(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  { kind, name, cursor, limit }: PageWish & { readonly kind: 'user' | 'group'; readonly name?: string | undefined },
): Promise<Page<StoredPrincipal>> {
  requireGlobal(actor, 'people')
  return pageOf(limit, await selectPrincipals(db, { kind, name, after: nameOf(cursor), limit: limit + 1 }))
}

/**
 * Lists who was put into a group.
 *
 * @throws {VitrineError} `access/denied`, `people/not-found`
 */
export async function listMembers(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  group: PrincipalId,
  { cursor, limit }: PageWish,
): Promise<Page<StoredMember>> {
  requireGlobal(actor, 'people')
  await requireGroup(db, group)
  return pageOf(limit, await selectMembers(db, group, { after: nameOf(cursor), limit: limit + 1 }))
}

/** One more than asked for tells whether there is a next page. */
function pageOf<Item extends { readonly name: string }>(
  limit: number,
  { items, total }: { readonly items: readonly Item[]; readonly total: number },
): Page<Item> {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown, total, next: items.length > limit && last ? cursorAfter(last.name) : null }
}
