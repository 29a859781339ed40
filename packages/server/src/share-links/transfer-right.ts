import type { TransferRight } from '../downloads/transfer/running-transfers.ts'
import type { Parts } from '../parts.ts'
import type { OpenLink } from './open-link.ts'
import { reopenShareLink } from './resolve-share-link.ts'

/** Whether a transfer's bytes may still be given, by the link as it is now. */
export type StillAllowed = (link: OpenLink) => Promise<boolean>

/** The right to send what a link gives, as long as it opens and gives just these bytes. */
export function rightOfLink(
  parts: Pick<Parts, 'db' | 'keys' | 'clock'>,
  { shareLink, member, epoch }: OpenLink,
  stillAllowed: StillAllowed,
): TransferRight {
  const { id, generation } = shareLink
  return {
    giver: `share-link/${id}`,
    shareLink: id,
    epoch,
    isStillGiven: async () => stillAllowed(await reopenShareLink(parts, { shareLink: id, generation, member })),
  }
}
