import type { NodeId } from '@vitrine/domain'
import { uuidAt } from '../uuid-bytes.ts'
import type { GrantKind } from './download.ts'

const kinds: readonly GrantKind[] = ['none', 'folder', 'original', 'rendition']
const idLength = 16

/** What one page of entries was given by, entry for entry: a node, and which right on it. */
export interface Grants {
  readonly count: number
  /** Node of entry `i`, counted in the page. */
  node(i: number): NodeId
  kind(i: number): GrantKind
}

/** Length of the column of a page with so many entries, in bytes: a multiple of 8. */
export function grantColumnLength(count: number): number {
  return Math.ceil((count * (idLength + 1)) / 8) * 8
}

/** Gathers the grants of one page after another. */
export class GrantColumn {
  readonly #ids: Uint8Array
  readonly #kinds: Uint8Array
  #count = 0

  /** @param capacity entries of a page at most */
  constructor(capacity: number) {
    this.#ids = new Uint8Array(capacity * idLength)
    this.#kinds = new Uint8Array(capacity)
  }

  /** @param ids holds the node's id as 16 bytes at its beginning */
  append(ids: Uint8Array | undefined, kind: GrantKind): void {
    const at = this.#count * idLength
    if (ids) this.#ids.set(ids.subarray(0, idLength), at)
    else this.#ids.fill(0, at, at + idLength)
    this.#kinds[this.#count] = kinds.indexOf(kind)
    this.#count += 1
  }

  /** The column as bytes: ids, then kinds, then zeros. Then begins the next one. */
  take(): Uint8Array {
    const count = this.#count
    const bytes = new Uint8Array(grantColumnLength(count))
    bytes.set(this.#ids.subarray(0, count * idLength))
    bytes.set(this.#kinds.subarray(0, count), count * idLength)
    this.#count = 0
    return bytes
  }
}

/** The column of a page with so many entries. */
export function readGrants(bytes: Uint8Array, count: number): Grants {
  if (bytes.length !== grantColumnLength(count)) throw new RangeError('a page of grants has another length')
  const ids = Buffer.from(bytes.buffer, bytes.byteOffset, count * idLength)
  return {
    count,
    node: (i) => nodeIdAt(ids, i * idLength),
    kind: (i) => kinds[bytes[count * idLength + i] ?? 0] ?? 'none',
  }
}

/** The node id whose 16 bytes begin at `at`. */
export function nodeIdAt(bytes: Buffer, at: number): NodeId {
  return uuidAt(bytes, at) as NodeId
}
