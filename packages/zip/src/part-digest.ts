import { CONTENT_KEY_LENGTH, type EntryPage } from './entry-page.ts'
import { nameLengthOf } from './records.ts'

/** A SHA-256 in progress; `createHash('sha256')` of `node:crypto` is one. */
export interface Sha256 {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

/** Names the layout of the archives. Changes whenever the same entries would give other bytes. */
const FORMAT = 'vitrine-zip-1'
const FIXED_LENGTH = 8 + 4 + 4 + 2 + CONTENT_KEY_LENGTH
const STAGING_LENGTH = 96 * 1024

/**
 * The strong validator of a part: SHA-256 over the format's version and, of each entry in order, size,
 * CRC-32, time, content key and name. Those decide every byte of the part, so equal validators mean
 * equal bytes, and the same entries have the same validator wherever their pages begin and end.
 */
export class PartDigest {
  readonly #hash: Sha256
  readonly #staging = new Uint8Array(STAGING_LENGTH)
  readonly #view = new DataView(this.#staging.buffer)
  #length = 0

  constructor(newSha256: () => Sha256) {
    this.#hash = newSha256()
    this.#hash.update(new TextEncoder().encode(FORMAT))
  }

  /** Takes in the entries `from` to `to` (half-open, counted in the page). */
  add(page: EntryPage, from = 0, to: number = page.entryCount): void {
    for (let i = from; i < to; i++) this.#addEntry(page, i)
  }

  /** The validator, as 32 bytes. The digest cannot be used after that. */
  digest(): Uint8Array {
    this.#flush()
    return this.#hash.digest()
  }

  #addEntry(page: EntryPage, i: number): void {
    const nameLength = nameLengthOf(page, i)
    const key = i * CONTENT_KEY_LENGTH
    const name = page.nameOffsets[i] ?? 0
    if (this.#length + FIXED_LENGTH + nameLength > STAGING_LENGTH) this.#flush()
    const at = this.#length
    this.#view.setFloat64(at, page.sizes[i] ?? 0, true)
    this.#view.setUint32(at + 8, page.crc32s[i] ?? 0, true)
    this.#view.setUint32(at + 12, page.modifiedSeconds[i] ?? 0, true)
    this.#view.setUint16(at + 16, nameLength, true)
    this.#staging.set(page.contentKeys.subarray(key, key + CONTENT_KEY_LENGTH), at + 18)
    this.#staging.set(page.names.subarray(name, name + nameLength), at + FIXED_LENGTH)
    this.#length = at + FIXED_LENGTH + nameLength
  }

  #flush(): void {
    this.#hash.update(this.#staging.subarray(0, this.#length))
    this.#length = 0
  }
}

/** A digest as a strong entity tag (RFC 9110 section 8.8.3): base64url in quotes. */
export function strongETag(digest: Uint8Array): string {
  return `"${Buffer.from(digest).toString('base64url')}"`
}
