import { createHash } from 'node:crypto'
import { VitrineError } from '@vitrine/domain'
import type { StoredShareLink } from './share-link-store.ts'

/**
 * The entity tag of what people can change of a link, with its quotes. Whether it opens, and how often it was opened, make
 * no difference.
 */
export function tagOf(shareLink: StoredShareLink): string {
  const { id, generation, title, holder, audience, mode, frozenAt, originals, renditions } = shareLink
  const { expiresAt, revokedAt } = shareLink
  const facts = [id, generation, title, holder, audience, mode, frozenAt, originals, renditions, expiresAt, revokedAt]
  return `"${createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)}"`
}

/**
 * Lets through a link that is still as somebody saw it.
 *
 * @param accepted tags of its states; undefined: whatever it is
 * @throws {VitrineError} `share-link/changed`
 */
export function requireUnchanged(shareLink: StoredShareLink, accepted: readonly string[] | undefined): void {
  if (accepted === undefined || accepted.includes(tagOf(shareLink))) return
  throw new VitrineError('share-link/changed', 'Somebody else has changed this share link. Look at it again first.')
}
