import { thumbnailName, type BlobHash } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { raisePriority } from './raise-priority.ts'
import type { Renditions } from './rendition-store.ts'

/** What somebody looks at is made first: thumbnails that a list lacks. The answer does not wait for that. */
export function hurryRenditions(
  parts: Pick<Parts, 'db' | 'queue' | 'log'>,
  renditions: ReadonlyMap<BlobHash, Renditions>,
): void {
  const waiting = [...renditions].flatMap(([blob, { [thumbnailName]: one }]) => (one?.state === 'queued' ? blob : []))
  raisePriority(parts, waiting).catch((error: unknown) => {
    parts.log.warn({ err: error }, 'could not raise the priority of renditions')
  })
}
