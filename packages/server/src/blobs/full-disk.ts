import { VitrineError } from '@vitrine/domain'

/** Whether the system says that a disk, or the share of it that one may fill, is full. */
export function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/** The failure of a full disk as `storage/full`; any other as it is. */
export function asFull(error: unknown): unknown {
  if (!isFull(error)) return error
  return new VitrineError('storage/full', 'There is no room left to store this.', {}, { cause: error })
}
