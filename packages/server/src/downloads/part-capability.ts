import type { DownloadId, ShareLinkId } from '@vitrine/domain'
import { isOneOf } from '../compare-secrets.ts'
import type { Keys } from '../keys.ts'

/** What a capability opens: one part of one download, as long as its link's tokens are not void. */
export interface PartClaim {
  readonly download: DownloadId
  /** From 1. */
  readonly number: number
  readonly shareLink: ShareLinkId
  /** Of the link when the download was queued. */
  readonly generation: number
}

/** The value of `dl`: whoever has it can get the part, and nothing else of the link. 43 characters of base64url. */
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

function signedText({ download, number, shareLink, generation }: PartClaim): string {
  return `vitrine/download-part/v1|${download}|${number}|${shareLink}|${generation}`
}
