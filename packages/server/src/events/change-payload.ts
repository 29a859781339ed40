import type { NodeId, PrincipalId } from '@vitrine/domain'
import { type Change, type PersonalKind, personalKinds } from './change.ts'

/** Longest payload of one notification, in bytes: PostgreSQL takes 7,999. */
const longest = 7000

/** First letter of an entry. A pair of a folder and its child says also that the child itself has changed. */
const letters: Readonly<Record<PersonalKind, string>> = {
  'share-links': 's',
  downloads: 'd',
  notices: 'n',
  work: 'w',
}

/** A node that has changed, and where it came, went or is different as a child; null: nowhere. */
export interface ChangedNode {
  readonly id: NodeId
  readonly folder: NodeId | null
}

/** An entry for a folder of which nobody says what changed in it. */
export function folderEntry(folder: NodeId): string {
  return `f${folder}`
}

/** An entry for a node and for the folder that it is, or was, in. */
export function nodeEntry({ id, folder }: ChangedNode): string {
  return `c${id}${folder ?? ''}`
}

/** An entry for something of a person. */
export function personalEntry(kind: PersonalKind, person: PrincipalId): string {
  return `${letters[kind]}${person}`
}

/** The entry for more than can be told. */
export const allEntry = 'a'

/** Entries in as few payloads as they fit into. */
export function* payloadsOf(entries: Iterable<string>): Generator<string> {
  let payload = ''
  for (const entry of entries) {
    if (payload.length + entry.length >= longest) {
      yield payload
      payload = ''
    }
    payload += payload === '' ? entry : `,${entry}`
  }
  if (payload !== '') yield payload
}

const idLength = 36

/** The changes that a payload tells. What another version of the program may have added is passed over. */
export function* changesIn(payload: string): Generator<Change> {
  for (const entry of payload.split(',')) {
    const [letter, first, second] = [entry[0], entry.slice(1, 1 + idLength), entry.slice(1 + idLength)]
    if (letter === allEntry) yield { kind: 'all' }
    if (letter === 'f') yield { kind: 'folder', folder: first as NodeId }
    if (letter === 'c') yield* changesOfNode(first as NodeId, second as NodeId)
    const kind = personalKinds.find((one) => letters[one] === letter)
    if (kind) yield { kind, person: first as PrincipalId }
  }
}

function* changesOfNode(node: NodeId, folder: NodeId): Generator<Change> {
  yield { kind: 'node', node }
  if (folder !== '') yield { kind: 'folder', folder, node }
}
