import type { NodeId, PrincipalId, ShareLinkId } from '@vitrine/domain'
import { subjectsWithAll } from '../access/node-access.ts'
import { subjectsOf } from '../access/subject-store.ts'
import type { Parts } from '../parts.ts'
import { cursorAfter, nameOf } from '../people/name-cursor.ts'
import { seenShareLink, type LinkUser } from './own-share-link.ts'
import { selectCandidates } from './possible-holder-store.ts'
import { selectTargets, type NamedPerson } from './share-link-store.ts'

/** People to whom a link can be handed over, a page of them. */
export interface HoldersFound {
  readonly people: readonly NamedPerson[]
  /** Cursor of the next page; null: there are no more. */
  readonly next: string | null
}

/** People who are looked at in one go, and in one request. Where few may share, a page may be short, or empty. */
const atOnce = 100
const mostRounds = 10

/**
 * The people who may see and share every target of a link that is not in the trash, by name; without its holder.
 *
 * @throws {VitrineError} `share-link/not-found`; `access/denied` for who may not hand the link over; `request/invalid`
 */
export async function listPossibleHolders(
  parts: Pick<Parts, 'db'>,
  user: LinkUser,
  id: ShareLinkId,
  wanted: { readonly name: string; readonly limit: number; readonly cursor?: string | undefined },
): Promise<HoldersFound> {
  const { db } = parts
  const shareLink = await seenShareLink(db, user, id, 'hand-over')
  const targets = ((await selectTargets(db, [id])).get(id) ?? []).filter(({ inTrash }) => !inTrash)
  const nodes = targets.map((target) => target.id)
  const { name, limit } = wanted
  const people: NamedPerson[] = []
  let after = nameOf(wanted.cursor)
  for (let round = 0; round < mostRounds; round++) {
    const candidates = await selectCandidates(db, { name, except: shareLink.holder, after, limit: atOnce })
    const able = await thoseWhoMay(parts, candidates, nodes)
    for (const person of candidates) {
      after = person.name
      if (able.has(person.id)) people.push(person)
      if (people.length === limit) return { people, next: cursorAfter(after) }
    }
    if (candidates.length < atOnce) return { people, next: null }
  }
  return { people, next: after === undefined ? null : cursorAfter(after) }
}

async function thoseWhoMay(
  { db }: Pick<Parts, 'db'>,
  people: readonly NamedPerson[],
  nodes: readonly NodeId[],
): Promise<ReadonlySet<PrincipalId>> {
  const subjects = await subjectsOf(
    db,
    people.map(({ id }) => id),
  )
  const able = await subjectsWithAll(db, [...subjects.values()], nodes, ['read', 'share'])
  return new Set(able.map(({ user }) => user))
}
