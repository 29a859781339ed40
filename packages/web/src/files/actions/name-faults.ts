import type { NameFault } from '@vitrine/domain'
import type { MessageId } from '../../messages/en.ts'

/** Id of the sentence about what is wrong with a name. */
export function idOfFault(fault: NameFault): MessageId {
  return `name.${fault === 'malformed' ? 'dots' : fault}`
}
