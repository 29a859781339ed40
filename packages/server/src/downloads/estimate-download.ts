import type { ManifestPart } from '@vitrine/zip'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { WantedContents } from './download.ts'
import { lengthOf, notIncludedText, pagesOf } from './freeze-manifest.ts'
import type { Giver } from './giver.ts'
import { ManifestBuilder } from './manifest-builder.ts'
import { selectionOf } from './read-wish.ts'
import { measureSelection, type Selection } from './selection-store.ts'
import { filesEach, sizeUp } from './size-up.ts'

/** What a download would come to. */
export interface Estimate {
  /** Number of files. */
  readonly entries: number
  /** Of all parts together, in bytes, without renditions that are to be made. */
  readonly bytes: number
  /** Number of parts. */
  readonly parts: number
  /** Files that would be left out because they may not be given. */
  readonly notAllowed: number
  readonly renditionsToMake: number
  /** Whether it was walked through; else the numbers are at most these, all taken as allowed and made. */
  readonly isExact: boolean
}

type Needed = Pick<Parts, 'db' | 'config'>

interface Wish {
  readonly giver: Giver
  readonly selection: Selection
  readonly wanted: WantedContents
}

/**
 * What a download would come to, before it is queued: exact up to some twenty thousand files, which are walked through as
 * for freezing, with nothing kept. Of more, only the database's sums are told.
 */
export async function estimateDownload(parts: Needed, giver: Giver, wanted: WantedContents): Promise<Estimate> {
  const selection = await selectionOf(parts, giver, wanted)
  if (!(await sizeUp(parts, giver, wanted, selection)).isSmall)
    return estimateLarge(parts, { giver, selection, wanted })
  const snapshot = { isolation: 'repeatable read', readOnly: true } as const
  return inTransaction(parts.db, (tx) => walkThrough(tx, parts, { giver, selection, wanted }), snapshot)
}

async function walkThrough(tx: Transaction, { config }: Pick<Parts, 'config'>, wish: Wish): Promise<Estimate> {
  let renditionsToMake = 0
  const builder = new ManifestBuilder(wish.wanted, config.partSize, () => void (renditionsToMake += 1))
  // The pages themselves go by: what they come to is in the builder.
  await lengthOfAll(pagesOf(tx, wish, builder))
  if (builder.skippedCount > 0) builder.addNotIncluded({ size: await lengthOfAll(notIncludedText(builder)), ...unread })
  const { parts } = builder.finish()
  return {
    entries: builder.files,
    ...extentOf(builder, parts),
    notAllowed: builder.withoutRight,
    renditionsToMake,
    isExact: true,
  }
}

/** What an estimate does not need to know of a content. */
const unread = { crc32: 0, sha256: new Uint8Array(32) }

async function lengthOfAll(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0
  for await (const chunk of chunks) length += chunk.length
  return length
}

function extentOf(builder: ManifestBuilder, parts: readonly ManifestPart[]): Pick<Estimate, 'bytes' | 'parts'> {
  if (builder.isEmpty) return { bytes: 0, parts: 0 }
  if (builder.onlyFile) return { bytes: builder.onlyFile.size, parts: 1 }
  return { bytes: lengthOf(parts), parts: parts.length }
}

async function estimateLarge({ db, config }: Needed, { giver, selection, wanted }: Wish): Promise<Estimate> {
  const all = Number.MAX_SAFE_INTEGER
  const { assets, bytes: ofOriginals } = await measureSelection(db, giver.contents, selection, all)
  const bytes = wanted.originals ? ofOriginals : 0
  return {
    entries: assets * filesEach(wanted),
    bytes,
    parts: Math.max(1, Math.ceil(bytes / config.partSize)),
    notAllowed: 0,
    renditionsToMake: 0,
    isExact: false,
  }
}
