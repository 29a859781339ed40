import type { ShareLink, ShareLinkId } from '@vitrine/domain'
import { isOneOf } from '../compare-secrets.ts'
import type { Keys } from '../keys.ts'

/** Which link a token claims to open. Proves nothing until {@link tokenOpens} has said so. */
export interface ClaimedToken {
  /** A UUID in its usual form; one that no link has where the token has not the form of a token. */
  readonly shareLink: ShareLinkId
  /** As it was sent; empty when none was. */
  readonly text: string
}

const form = /^([0-9a-f]{8}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{12})\.[\w-]{43}$/
const nobodys = '00000000-0000-0000-0000-000000000000' as ShareLinkId

/** The token of a link, `<uuid, '-' as '_'>.<base64url HMAC-SHA256>`: the value of `sh`. */
export function tokenOf(keys: Pick<Keys, 'sign'>, shareLink: Pick<ShareLink, 'id' | 'generation'>): string {
  return withSignature(shareLink.id, keys.sign(signedText(shareLink)))
}

/** Reads what was sent as `sh`. Never fails: what is not a token claims a link that does not exist. */
export function claimOf(sh: unknown): ClaimedToken {
  const text = typeof sh === 'string' ? sh : ''
  const uuid = form.exec(text)?.[1]
  return { shareLink: uuid === undefined ? nobodys : (uuid.replaceAll('_', '-') as ShareLinkId), text }
}

/** Whether the token is this link's, by the newest key or an older one. Tells nothing by its time. */
export function tokenOpens(
  keys: Pick<Keys, 'signatures'>,
  claimed: ClaimedToken,
  shareLink: Pick<ShareLink, 'id' | 'generation'>,
): boolean {
  const signatures = keys.signatures(signedText(shareLink))
  return isOneOf(
    claimed.text,
    signatures.map((signature) => withSignature(shareLink.id, signature)),
  )
}

function signedText({ id, generation }: Pick<ShareLink, 'id' | 'generation'>): string {
  return `vitrine/share-link/v1|${id}|${generation}`
}

function withSignature(id: ShareLinkId, signature: Buffer): string {
  return `${id.replaceAll('-', '_')}.${signature.toString('base64url')}`
}
