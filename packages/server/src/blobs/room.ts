import { VitrineError } from '@vitrine/domain'
import type { BlobStore } from './blob-store.ts'

/** What must stay free for the database and all else, in bytes. */
const reserve = 64 * 1024 * 1024

/** Bytes that may still be taken in, or undefined when unknown. Negative when others have taken what should stay free. */
export async function freeRoom({ blobs }: { readonly blobs: BlobStore }): Promise<number | undefined> {
  const free = await blobs.freeSpace()
  return free === undefined ? undefined : free - reserve
}

/**
 * The failure of what has no room.
 *
 * @param what a noun with its article
 * @param needed in bytes
 * @param room as of {@link freeRoom}
 */
export function noRoom(what: string, needed: number, room: number): VitrineError {
  const free = Math.max(0, room)
  return new VitrineError(
    'storage/full',
    `There is not enough room: ${what} needs ${gigabytes(needed)}, and ${gigabytes(free)} are free.`,
    { size: needed, limit: free },
  )
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
