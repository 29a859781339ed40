import { freeRoom, noRoom } from '../blobs/room.ts'
import type { Parts } from '../parts.ts'
import { joined } from './read-folder.ts'
import type { WalkedFile } from './walk-folders.ts'

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
  const room = await freeRoom({ blobs })
  if (room === undefined || needed.bytes <= room) return
  if (await blobs.takesByReflink(needed.example).catch(() => false)) return
  throw noRoom('the import', needed.bytes, room)
}
