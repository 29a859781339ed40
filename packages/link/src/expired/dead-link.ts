/** Why a link shows nothing, as far as a visitor may know. */
export const deadReasons = [
  'expired',
  'revoked',
  'used-up',
  'suspended',
  'members-only',
  'not-found',
  'gone',
  'busy',
  'unknown',
] as const

/** One of {@link deadReasons}. */
export type DeadReason = (typeof deadReasons)[number]

/** The reason that a word names: a meta element's content, or the code of a problem. */
export function deadReasonOf(word: string): DeadReason {
  if (word === 'item/not-found') return 'gone'
  if (word === 'request/too-many') return 'busy'
  const name = word.replace(/^share-link\//, '')
  return deadReasons.find((reason) => reason === name) ?? 'unknown'
}
