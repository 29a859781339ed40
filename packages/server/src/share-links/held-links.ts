import type { Parts } from '../parts.ts'
import type { HeldLinks } from '../people/held-links.ts'
import { handOverLinksOf } from './hand-over-share-link.ts'
import { countLiveLinksOf, revokeLinksOf } from './revoke-share-link.ts'

/** What people who are disabled leave to decide. */
export function heldLinksOf({ clock }: Pick<Parts, 'clock'>): HeldLinks {
  return {
    count: (tx, holder) => countLiveLinksOf(tx, holder, clock()),
    revoke: async (tx, holder, by) => void (await revokeLinksOf(tx, holder, by, clock())),
    handOver: async (tx, holder, to) => void (await handOverLinksOf(tx, holder, to, clock())),
  }
}
