import type { ShareLinkSort } from '@vitrine/api'
import type { NodeId, PrincipalId, ShareLinkId, ShareLinkState } from '@vitrine/domain'
import { sql, type RawBuilder } from 'kysely'
import { holdsText } from '../db/holds-text.ts'
import type { Database } from '../db/open.ts'
import { hasNotEnded, storedOf, type ShareLinkRow, type StoredShareLink } from './share-link-store.ts'

/** Which links to list. */
export interface ShareLinkFilter {
  /** Only this person's; undefined: everybody's. */
  readonly holder: PrincipalId | undefined
  /** Only those that share this node itself. */
  readonly target: NodeId | undefined
  /** Only those whose title holds this text, whatever its case; empty: all. */
  readonly search: string
  /** Only these. Suspended are those whose holder was told so. */
  readonly state: ShareLinkState | undefined
}

/** Where a page begins: right after a link that stood there with this value. */
export interface ListStart {
  /** Milliseconds since the Unix epoch, a number of opens, or a folded title; null: it never expires. */
  readonly value: number | string | null
  readonly id: ShareLinkId
}

/** A page of a list; `offset` counts only without `start`. */
export interface ListPage {
  readonly sort: ShareLinkSort
  readonly start: ListStart | undefined
  readonly offset: number
  readonly limit: number
}

/** A link in a list, with what it is ordered by. */
export interface ListedShareLink {
  readonly stored: StoredShareLink
  readonly value: ListStart['value']
}

/** The links of a page, in order. @param now in ms since the Unix epoch */
export async function selectShareLinks(
  db: Database,
  filter: ShareLinkFilter,
  page: ListPage,
  now: number,
): Promise<ListedShareLink[]> {
  const { field, descending } = orderOf(page.sort)
  const direction = descending ? sql`desc` : sql`asc`
  const column = columnOf(field)
  const { rows } = await sql<ShareLinkRow & { ordered_by: Date | number | string | null }>`
    select share_links.*, ${field === 'expires' ? sql`expires_at` : column} as ordered_by from share_links
    where ${filtered(filter)} and ${ofState(filter.state, now)}
      and ${page.start === undefined ? sql`true` : after(page.start, field, descending)}
    order by ${column} ${direction}, id ${direction}
    limit ${page.limit} offset ${page.start === undefined ? page.offset : 0}`.execute(db)
  return rows.map((row) => {
    const { ordered_by: value } = row
    return { stored: storedOf(row), value: value instanceof Date ? value.getTime() : value }
  })
}

/** How many links there are of each state, whatever state the filter asks for. @param now in ms since the Unix epoch */
export async function countByState(
  db: Database,
  filter: ShareLinkFilter,
  now: number,
): Promise<Record<ShareLinkState, number>> {
  const of = (state: ShareLinkState) => sql`count(*) filter (where ${ofState(state, now)})`
  const { rows } = await sql<Record<ShareLinkState, number>>`
    select ${of('live')} as live, ${of('expired')} as expired, ${of('revoked')} as revoked,
           ${of('suspended')} as suspended
    from share_links where ${filtered(filter)}`.execute(db)
  return rows[0] ?? { live: 0, expired: 0, revoked: 0, suspended: 0 }
}

/** Links for members that others hold and that have not ended, the newest first. @param now in ms since the Unix epoch */
export async function selectForMember(
  db: Database,
  member: PrincipalId,
  search: string,
  start: ListStart | undefined,
  limit: number,
  now: number,
): Promise<StoredShareLink[]> {
  const { rows } = await sql<ShareLinkRow>`
    select * from share_links
    where audience = 'members' and holder_id <> ${member} and ${ofState('live', now)} and ${titled(search)}
      and ${start === undefined ? sql`true` : after(start, 'created', true)}
    order by created_at desc, id desc limit ${limit}`.execute(db)
  return rows.map(storedOf)
}

/**
 * Links that have not ended and in whose contents a node is: one of their targets or below one, or fixed for them. Rights
 * are not looked at.
 *
 * @param now in ms since the Unix epoch
 */
export async function selectHolding(db: Database, node: NodeId, now: number): Promise<StoredShareLink[]> {
  const { rows } = await sql<ShareLinkRow>`
    select share_links.* from share_links
    where ${hasNotEnded(now)} and (
      (mode = 'live' and id in (
        select share_link_id from share_link_targets where node_id = ${node} or node_id in (
          select ancestor_id from nodes
          join folder_tree on descendant_id = case kind when 'folder' then nodes.id else parent_id end
          where nodes.id = ${node}
        )
      )) or (mode <> 'live' and id in (select share_link_id from share_link_contents where node_id = ${node}))
    )
    order by created_at desc, id desc`.execute(db)
  return rows.map(storedOf)
}

/** The field and the direction of an order. */
export function orderOf(sort: ShareLinkSort): { readonly field: Field; readonly descending: boolean } {
  const descending = sort.startsWith('-')
  return { field: (descending ? sort.slice(1) : sort) as Field, descending }
}

type Field = 'created' | 'expires' | 'title' | 'opens'

function columnOf(field: Field): RawBuilder<unknown> {
  if (field === 'created') return sql`created_at`
  if (field === 'expires') return sql`coalesce(expires_at, 'infinity')`
  return field === 'opens' ? sql`opens` : sql`lower(title) collate "C"`
}

function after({ value, id }: ListStart, field: Field, descending: boolean): RawBuilder<unknown> {
  const isTime = field === 'created' || field === 'expires'
  const given = isTime && typeof value === 'number' ? sql`${new Date(value)}::timestamptz` : sql`${value}`
  const edge = value === null ? sql`'infinity'::timestamptz` : given
  return sql`(${columnOf(field)}, id) ${descending ? sql`<` : sql`>`} (${edge}, ${id}::uuid)`
}

function filtered({ holder, target, search }: ShareLinkFilter): RawBuilder<unknown> {
  const held = holder === undefined ? sql`true` : sql`holder_id = ${holder}`
  const shares =
    target === undefined
      ? sql`true`
      : sql`exists (select from share_link_targets where share_link_id = share_links.id and node_id = ${target})`
  return sql`${held} and ${shares} and ${titled(search)}`
}

function titled(search: string): RawBuilder<unknown> {
  return search === '' ? sql`true` : holdsText(sql.ref('title'), search)
}

function ofState(state: ShareLinkState | undefined, now: number): RawBuilder<unknown> {
  const isOver = sql`expires_at <= ${new Date(now)}`
  if (state === undefined) return sql`true`
  if (state === 'revoked') return sql`revoked_at is not null`
  if (state === 'expired') return sql`(revoked_at is null and ${isOver})`
  return sql`(${hasNotEnded(now)} and suspended_at is ${state === 'live' ? sql`null` : sql`not null`})`
}
