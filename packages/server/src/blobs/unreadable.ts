import { VitrineError } from '@vitrine/domain'

/** What the system's codes mean to a person. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no longer there',
  ENOTDIR: 'no longer there',
  ELOOP: 'a symbolic link',
  ENXIO: 'not a regular file',
  ENAMETOOLONG: 'its path is too long for this system',
  EIO: 'the disk could not read it',
  ESTALE: 'the network disk lost it',
}

/** Turns the system's failure to read a file or folder into one with a reason for a person. */
export function unreadable(error: NodeJS.ErrnoException): never {
  const reason = reasons[error.code ?? ''] ?? `could not be read (${error.code ?? error.message})`
  throw new VitrineError('import/unreadable', reason, {}, { cause: error })
}
