import type { PrincipalId } from '../ids.ts'
import type { Privilege } from './privileges.ts'

/** What an entry does with its privileges. */
export type Effect = 'allow' | 'deny'

/** Access control entry: allows or denies privileges on a node, and on all below it, to one principal. */
export interface Ace {
  /** A user or a group. */
  readonly principal: PrincipalId
  readonly effect: Effect
  /** Without order, each once. */
  readonly privileges: readonly Privilege[]
}

/** Access control list: the entries of one node, in order. A later entry overrules an earlier one. */
export type Acl = readonly Ace[]

/** The privileges that an entry decides: who is allowed to edit the list of a node is allowed to share the node. */
export function decidedBy(ace: Ace): readonly Privilege[] {
  const impliesShare = ace.effect === 'allow' && ace.privileges.includes('edit-acl')
  return impliesShare ? [...ace.privileges, 'share'] : ace.privileges
}
