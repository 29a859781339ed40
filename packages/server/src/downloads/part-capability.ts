import type { DownloadId } from '@vitrine/domain'
import { isOneOf } from '../compare-secrets.ts'
import type { Keys } from '../keys.ts'
import type { DownloadOwner } from './download.ts'

/** Whose a part is, as far as its capability tells: of a visitor, which link gives it. */
export type PartOwner =
  | Extract<DownloadOwner, { kind: 'user' }>
  | Pick<Extract<DownloadOwner, { kind: 'visitor' }>, 'kind' | 'shareLink' | 'generation'>

/** What a capability opens: one part of one download, as long as its owner has it. */
export interface PartClaim {
  readonly download: DownloadId
  /** From 1. */
  readonly number: number
  readonly owner: PartOwner
}

/** The value of `dl`: whoever has it can get the part, and nothing else. 43 characters of base64url. */
export function partCapability(keys: Pick<Keys, 'sign'>, claim: PartClaim): string {
  return keys.sign(signedText(claim)).toString('base64url')
}

/** Whether the text is the part's capability, by the newest key or an older one. Tells nothing by its time. */
export function opensPart(keys: Pick<Keys, 'signatures'>, claim: PartClaim, dl: string): boolean {
  const signatures = keys.signatures(signedText(claim))
  return isOneOf(
    dl,
    signatures.map((signature) => signature.toString('base64url')),
  )
}

/** The address of a part, root-relative. It needs neither cookie nor token. */
export function partUrl(keys: Pick<Keys, 'sign'>, claim: PartClaim): string {
  return `/linkshare.html/downloads/${claim.download}/parts/${claim.number}?dl=${partCapability(keys, claim)}`
}

function signedText({ download, number, owner }: PartClaim): string {
  // A link's id is a UUID: no link is called `user`.
  const whose = owner.kind === 'user' ? `user|${owner.user}` : `${owner.shareLink}|${owner.generation}`
  return `vitrine/download-part/v1|${download}|${number}|${whose}`
}
