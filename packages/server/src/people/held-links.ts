import type { PrincipalId } from '@vitrine/domain'
import type { Transaction } from '../db/open.ts'

/** What happens to the live share links of somebody who is disabled. */
export type LinksDecision = 'revoke' | { readonly handOverTo: PrincipalId }

/** What people need of share links: those that look through somebody's rights. All in the transaction that disables them. */
export interface HeldLinks {
  /** How many live links a user holds. */
  count(tx: Transaction, holder: PrincipalId): Promise<number>
  /** Ends them. */
  revoke(tx: Transaction, holder: PrincipalId, by: PrincipalId): Promise<void>
  /**
   * Hands them over.
   *
   * @throws {VitrineError} when the new holder is disabled or may not share what a link shows
   */
  handOver(tx: Transaction, holder: PrincipalId, to: PrincipalId): Promise<void>
}
