import { VitrineError } from '@vitrine/domain'
import type { FileSource, StagedBlob } from '../blobs/blob-store.ts'
import type { Parts } from '../parts.ts'
import { fileNow, joined } from './read-folder.ts'
import type { WalkedFile } from './walk-folders.ts'

/** A file's bytes, as it was at one moment. */
export interface TakenFile {
  readonly content: StagedBlob
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
}

/** A file that changes while it is read is read once more. */
const attempts = 2

/**
 * Stages a file of the disk. What is staged was the file at one moment: its size and time were the same before and after.
 *
 * @throws {VitrineError} `import/unreadable` when it cannot be read or keeps changing; `storage/full`
 */
export async function takeFile(
  { blobs }: Pick<Parts, 'blobs'>,
  { directory, planned }: Pick<WalkedFile, 'directory' | 'planned'>,
  watch: Pick<FileSource, 'onBytes' | 'signal'>,
): Promise<TakenFile> {
  const { name } = planned.entry
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = await fileNow(directory, name)
    const content = await blobs.stage({ kind: 'file', path: joined(directory, name), ...watch })
    const after = await fileNow(directory, name).catch(() => undefined)
    if (after?.state === before.state && content.size === before.size) return { content, modifiedAt: before.modifiedAt }
    await blobs.discard([content])
  }
  throw new VitrineError('import/unreadable', 'it changed while it was being read')
}
