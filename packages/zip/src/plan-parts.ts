import { directoryHeaderLength, endRecordsLength, localHeaderLength, needsZip64 } from './records.ts'

/** The length at which a new part begins when nothing else is asked for: 100 GB, in bytes. */
export const DEFAULT_PART_LIMIT = 100e9

/** One archive of a series; it opens by itself. */
export interface ArchivePart {
  /** Place in the series, from 1. */
  readonly number: number
  /** Index in the manifest of the part's first entry. */
  readonly firstEntry: number
  /** How many entries the part has. */
  readonly entryCount: number
  /** Where the central directory starts, in bytes from the start of the part. */
  readonly directoryStart: number
  /** Length of the central directory without the end records, in bytes. */
  readonly directorySize: number
  /** Length of the whole part, in bytes. */
  readonly byteLength: number
  /** Whether the part has ZIP64 end records. */
  readonly zip64: boolean
}

/** Where an entry lies. */
export interface EntryPlace {
  /** Number of the part, from 1. */
  readonly part: number
  /** Where its local header starts, in bytes from the start of the part. */
  readonly headerOffset: number
  /** Where its directory header starts, in bytes from the start of the part's central directory. */
  readonly directoryOffset: number
}

/**
 * Lays entries out into parts as they come, and keeps nothing of an entry.
 *
 * Greedy in the given order: an entry goes into the present part as long as this, with all headers
 * and the end records, stays within the limit. An entry that is larger than the limit is a part alone.
 */
export class PartPlanner {
  readonly #limit: number
  readonly #parts: ArchivePart[] = []
  #entriesPlanned = 0
  #entryCount = 0
  #contentEnd = 0
  #directorySize = 0

  /** @param limit the most bytes a part may have, unless it is a single entry */
  constructor(limit: number = DEFAULT_PART_LIMIT) {
    this.#limit = limit
  }

  /** Number of the part that the next entry would go into if it fits, from 1. */
  get partNumber(): number {
    return this.#parts.length + 1
  }

  /** The parts that are complete: all but the present one. */
  get completeParts(): readonly ArchivePart[] {
    return this.#parts
  }

  /**
   * Places the next entry.
   *
   * @param nameLength length of the name in UTF-8, from 1 to 65,535 bytes
   * @param size length of the content, in bytes
   */
  add(nameLength: number, size: number): EntryPlace {
    if (this.#entryCount > 0 && this.#lengthWith(nameLength, size) > this.#limit) this.#endPart()
    const place = {
      part: this.partNumber,
      headerOffset: this.#contentEnd,
      directoryOffset: this.#directorySize,
    }
    this.#directorySize += directoryHeaderLength(nameLength, size, this.#contentEnd)
    this.#contentEnd += localHeaderLength(nameLength, size) + size
    this.#entryCount += 1
    return place
  }

  /** Ends the last part. Without any entry there is one part, an empty archive. */
  finish(): readonly ArchivePart[] {
    if (this.#entryCount > 0 || this.#parts.length === 0) this.#endPart()
    return this.#parts
  }

  #lengthWith(nameLength: number, size: number): number {
    const directoryStart = this.#contentEnd + localHeaderLength(nameLength, size) + size
    const directorySize = this.#directorySize + directoryHeaderLength(nameLength, size, this.#contentEnd)
    return partLength(this.#entryCount + 1, directoryStart, directorySize)
  }

  #endPart(): void {
    this.#parts.push({
      number: this.partNumber,
      firstEntry: this.#entriesPlanned,
      entryCount: this.#entryCount,
      directoryStart: this.#contentEnd,
      directorySize: this.#directorySize,
      byteLength: partLength(this.#entryCount, this.#contentEnd, this.#directorySize),
      zip64: needsZip64(this.#entryCount, this.#contentEnd, this.#directorySize),
    })
    this.#entriesPlanned += this.#entryCount
    this.#entryCount = 0
    this.#contentEnd = 0
    this.#directorySize = 0
  }
}

/** Length of a part, in bytes. */
export function partLength(entryCount: number, directoryStart: number, directorySize: number): number {
  const zip64 = needsZip64(entryCount, directoryStart, directorySize)
  return directoryStart + directorySize + endRecordsLength(zip64)
}
