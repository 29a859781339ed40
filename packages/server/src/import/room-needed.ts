import { VitrineError } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { joined } from './read-folder.ts'
import type { WalkedFile } from './walk-folders.ts'

/** What must stay free for the database and all else, in bytes. */
const reserve = 64 * 1024 * 1024

/** How much room an import needs, at most: contents that are there already need none, but only their hash tells. */
export class RoomNeeded {
  #bytes = 0
  #example: Buffer | undefined

  add({ planned, directory }: WalkedFile): void {
    const { entry, action, known } = planned
    const isNew = action === 'new' || (action === 'compare' && known?.current?.size !== entry.size)
    if (!isNew || entry.size === 0) return
    this.#bytes += entry.size
    this.#example ??= joined(directory, entry.name)
  }

  get bytes(): number {
    return this.#bytes
  }

  /** One of the files. */
  get example(): Buffer | undefined {
    return this.#example
  }
}

/** @throws {VitrineError} `storage/full` when what would be imported has no room, before anything is copied */
export async function requireRoom({ blobs }: Pick<Parts, 'blobs'>, needed: RoomNeeded): Promise<void> {
  if (needed.example === undefined) return
  const free = await blobs.freeSpace()
  if (free === undefined || needed.bytes + reserve <= free) return
  if (await blobs.takesByReflink(needed.example).catch(() => false)) return
  throw new VitrineError(
    'storage/full',
    `There is not enough room: the import needs ${gigabytes(needed.bytes)}, and ${gigabytes(free)} are free.`,
    { size: needed.bytes, limit: free },
  )
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
