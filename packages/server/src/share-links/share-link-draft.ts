import { VitrineError, type PrincipalId, type ShareLinkId } from '@vitrine/domain'
import { isOneOf } from '../compare-secrets.ts'
import type { Keys } from '../keys.ts'

/** How long a link can be made with a draft, in ms: a dialog may stay open over lunch, but not for days. */
export const draftLifetime = 8 * 3600_000

/** A link's id that was made for somebody, and until when a link can be made with it. */
export interface DraftClaim {
  readonly id: ShareLinkId
  readonly user: PrincipalId
  /** In ms since the Unix epoch. */
  readonly until: number
}

/** What proves that a draft was made here, for this person: the end of its time, a dot, an HMAC. */
export function draftProof(keys: Pick<Keys, 'sign'>, claim: DraftClaim): string {
  return proofText(claim, keys.sign(signedText(claim)))
}

/**
 * Lets through a draft that was made for this person and is not out of date.
 *
 * @param now in ms since the Unix epoch
 * @throws {VitrineError} `share-link/draft-out-of-date`
 */
export function requireDraft(
  keys: Pick<Keys, 'signatures'>,
  { id, user }: Pick<DraftClaim, 'id' | 'user'>,
  proof: string,
  now: number,
): void {
  const until = Number(/^(\d{1,15})\./.exec(proof)?.[1] ?? 0)
  const claim = { id, user, until }
  const proofs = keys.signatures(signedText(claim)).map((signature) => proofText(claim, signature))
  if (isOneOf(proof, proofs) && now < until) return
  throw new VitrineError('share-link/draft-out-of-date', 'This dialog was open for too long. Open it again to share.')
}

function signedText({ id, user, until }: DraftClaim): string {
  return `vitrine/share-link-draft/v1|${id}|${user}|${until}`
}

function proofText({ until }: DraftClaim, signature: Buffer): string {
  return `${until}.${signature.toString('base64url')}`
}
