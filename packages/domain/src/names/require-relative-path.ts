import { VitrineError } from '../errors.ts'
import { requireName } from './require-name.ts'

/** Most names of a relative path. */
export const deepestPath = 100

/**
 * A path below a folder, `a/b/c.jpg`, as its names in NFC: those of folders, and the asset's last.
 *
 * @throws {VitrineError} `node/name-invalid` when one of its parts is none that may be given: empty ones, `.` and `..`
 * among them; or when it is deeper than {@link deepestPath}
 */
export function requireRelativePath(text: string): string[] {
  const parts = text.split('/', deepestPath + 1)
  if (parts.length <= deepestPath) return parts.map(requireName)
  throw new VitrineError('node/name-invalid', `A path can have at most ${deepestPath} names; this one has more.`)
}
