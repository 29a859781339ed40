import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BlobHash } from '@vitrine/domain'
import type { ManifestPart } from '@vitrine/zip'
import { batches } from '../batches.ts'
import type { StagedBlob } from '../blobs/blob-store.ts'
import { bytesOfHash, hashOfBytes } from '../blobs/blob-hash.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { SkippedFile, WantedContents } from './download.ts'
import type { Giver } from './giver.ts'
import { ManifestBuilder, type OnlyFile, type RenditionLookup, RenditionMissingError } from './manifest-builder.ts'
import { type Selection, selectRenditionsOf } from './selection-store.ts'
import { walkSelection, type WalkStep } from './walk-selection.ts'

/** For how long entries are added before everybody else has their turn, in ms. */
const longestTurn = 4
/** Steps between two looks at the time. */
const stepsAtLeast = 50

/** What a download is frozen from. */
export interface FreezeWish {
  readonly giver: Pick<Giver, 'contents' | 'offers'>
  readonly selection: Selection
  readonly wanted: WantedContents
  /** Told now and then how many files are in so far. What it throws ends the freezing. */
  readonly onProgress?: (files: number) => Promise<void>
}

/** A frozen download, whose blobs are staged and not placed. */
export interface FrozenDownload {
  /** The only file, given as it is; or the manifest of archives; or neither, when nothing could be put in. */
  readonly contents:
    | { readonly kind: 'plain'; readonly file: OnlyFile }
    | {
        readonly kind: 'archives'
        readonly manifest: StagedBlob
        readonly notIncluded: StagedBlob | undefined
        readonly parts: readonly ManifestPart[]
      }
    | { readonly kind: 'nothing'; readonly forWantOfRights: boolean }
  /** Number of files. */
  readonly files: number
  /** Length of all parts together, in bytes. */
  readonly size: number
  /** What was left out, the first ten thousand. */
  readonly skipped: readonly SkippedFile[]
  readonly skippedCount: number
}

/**
 * Freezes a selection: walks through it in one snapshot, and stages the manifest while it streams by.
 *
 * Holds one page of entries, the names of the folders that lead to the present one, and 28 bytes for every thousand
 * entries before. The same selection of the same contents gives the same manifest, byte for byte.
 *
 * @throws {RenditionMissingError} a wanted rendition is not made yet
 * @throws {VitrineError} `storage/full`
 */
export async function freezeManifest(
  parts: Pick<Parts, 'db' | 'blobs' | 'config'>,
  wish: FreezeWish,
): Promise<FrozenDownload> {
  const snapshot = { isolation: 'repeatable read', readOnly: true } as const
  return inTransaction(parts.db, (tx) => freezeIn(tx, parts, wish), snapshot)
}

/** May be begun again when the connection breaks: what was staged is discarded then. */
async function freezeIn(
  tx: Transaction,
  { blobs, config }: Pick<Parts, 'blobs' | 'config'>,
  wish: FreezeWish,
): Promise<FrozenDownload> {
  const builder = new ManifestBuilder(wish.wanted, config.partSize, () => {
    throw new RenditionMissingError()
  })
  const staged: StagedBlob[] = []
  try {
    let parts: readonly ManifestPart[] = []
    const chunks = async function* () {
      yield* pagesOf(tx, wish, builder)
      if (builder.skippedCount > 0) {
        const list = await blobs.stage({ kind: 'stream', chunks: notIncludedText(builder) })
        staged.push(list)
        builder.addNotIncluded({ ...list, sha256: bytesOfHash(list.sha256) })
        yield* builder.takePages()
      }
      const finished = builder.finish()
      parts = finished.parts
      yield finished.bytes
    }
    const manifest = await blobs.stage({ kind: 'stream', chunks: chunks() })
    staged.push(manifest)
    const frozen = frozenOf(builder, parts, manifest, staged[0] === manifest ? undefined : staged[0])
    if (frozen.contents.kind !== 'archives') await blobs.discard(staged)
    return frozen
  } catch (error) {
    await blobs.discard(staged)
    throw error
  }
}

/** Walks through a selection and puts what it finds into the builder. Gives the pages that became full meanwhile. */
export async function* pagesOf(
  tx: Transaction,
  wish: FreezeWish,
  builder: ManifestBuilder,
): AsyncGenerator<Uint8Array> {
  let turnBegan = performance.now()
  for await (const steps of walkSelection(tx, wish.giver, wish.selection)) {
    const renditionOf = await renditionsOfSteps(tx, steps, wish.wanted.renditions)
    for (const some of batches(steps, stepsAtLeast)) {
      for (const step of some) builder.add(step, renditionOf)
      yield* builder.takePages()
      if (performance.now() - turnBegan < longestTurn) continue
      await nextTurn()
      turnBegan = performance.now()
    }
    await wish.onProgress?.(builder.files)
  }
  builder.endFolders()
  yield* builder.takePages()
}

/** The renditions that a batch of steps needs, in one query; none when none are wanted. */
async function renditionsOfSteps(
  tx: Transaction,
  steps: readonly WalkStep[],
  names: readonly string[],
): Promise<RenditionLookup> {
  if (names.length === 0) return () => undefined
  const sources = new Set<BlobHash>()
  for (const step of steps) if (step.kind === 'asset') sources.add(hashOfBytes(step.key.subarray(16)))
  const found = await selectRenditionsOf(tx, [...sources].map(bytesOfHash), names)
  const byName = new Map(found.map((rendition) => [`${rendition.source}/${rendition.name}`, rendition]))
  return (source, name) => byName.get(`${source}/${name}`)
}

function frozenOf(
  builder: ManifestBuilder,
  parts: readonly ManifestPart[],
  manifest: StagedBlob,
  notIncluded: StagedBlob | undefined,
): FrozenDownload {
  const { onlyFile, files, skipped, skippedCount } = builder
  const counts = { files, skipped, skippedCount }
  if (onlyFile) return { ...counts, contents: { kind: 'plain', file: onlyFile }, size: onlyFile.size }
  if (builder.isEmpty) {
    return { ...counts, contents: { kind: 'nothing', forWantOfRights: builder.skippedForRights }, size: 0 }
  }
  return { ...counts, contents: { kind: 'archives', manifest, notIncluded, parts }, size: lengthOf(parts) }
}

/** Length of parts together, in bytes. */
export function lengthOf(parts: readonly ManifestPart[]): number {
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** The file that says what was left out, and why. */
export async function* notIncludedText({ skipped, skippedCount }: ManifestBuilder): AsyncGenerator<Uint8Array> {
  const lines = skipped.map(({ name, reason }) => `${inOneLine(name)}\r\n    ${inOneLine(reason)}`)
  const rest = skippedCount - skipped.length
  if (rest > 0) lines.push(`and ${rest} more`)
  yield Buffer.from(['These files are not in this download:', '', ...lines, ''].join('\r\n'))
}

function inOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}
