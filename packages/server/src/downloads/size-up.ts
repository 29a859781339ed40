import type { Parts } from '../parts.ts'
import type { WantedContents } from './download.ts'
import type { Giver } from './giver.ts'
import { measureSelection, type Selection } from './selection-store.ts'

/** Files that are walked through while somebody waits for the answer: they take half a second. */
const mostAtOnce = 20_000

/** How many files each asset of a download has, where all are to be had. */
export function filesEach({ originals, renditions }: Pick<WantedContents, 'originals' | 'renditions'>): number {
  return (originals ? 1 : 0) + renditions.length
}

/** Whether a selection is small enough to be walked through at once. Counts no further than that; rights are not looked at. */
export async function sizeUp(
  parts: Pick<Parts, 'db'>,
  giver: Pick<Giver, 'contents'>,
  wanted: WantedContents,
  selection: Selection,
): Promise<{ readonly assets: number; readonly isSmall: boolean }> {
  const most = Math.floor(mostAtOnce / filesEach(wanted))
  const { assets } = await measureSelection(parts.db, giver.contents, selection, most + 1)
  return { assets, isSmall: assets <= most }
}
