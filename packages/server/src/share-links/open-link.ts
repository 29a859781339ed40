import type { PrincipalId, ShareLink } from '@vitrine/domain'
import type { LinkView } from './link-view.ts'

/**
 * A link that a visitor's token opens, at one access epoch: what one request sees of it.
 *
 * How to get one: `resolveShareLink(parts, sh)` for the token of a request; `reopenShareLink(parts, id, generation)` for
 * what was given out for the link earlier, such as a part's capability.
 */
export interface OpenLink {
  readonly shareLink: ShareLink
  readonly holder: { readonly id: PrincipalId; readonly displayName: string }
  /** The access epoch that `view` belongs to. */
  readonly epoch: number
  readonly view: LinkView
}
