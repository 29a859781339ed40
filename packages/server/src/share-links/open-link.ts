import type { PrincipalId, ShareLink } from '@vitrine/domain'
import type { LinkView } from './link-view.ts'

/**
 * A link that a visitor's token opens, at one access epoch: what one request sees of it.
 *
 * How to get one: `linkOf(parts, request)` for the token of a request; `reopenShareLink(parts, given)` for what was given
 * out for the link earlier, such as a part's capability.
 */
export interface OpenLink {
  readonly shareLink: ShareLink
  readonly holder: { readonly id: PrincipalId; readonly displayName: string }
  /** Who opens it, when it is for members. */
  readonly member: PrincipalId | undefined
  /** The access epoch that `view` belongs to. */
  readonly epoch: number
  readonly view: LinkView
}
