export {
  CONTENT_KEY_LENGTH,
  decodeEntryPage,
  encodeEntryPage,
  encodedPageLength,
  entryContentKey,
  entryName,
  type EntryPage,
  EntryPageBuilder,
  ManifestFormatError,
} from './entry-page.ts'
export {
  decodeManifestIndex,
  indexRangeOf,
  type IndexRange,
  MANIFEST_FOOTER_LENGTH,
  type ManifestIndex,
  type ManifestPart,
  type PageIndex,
} from './manifest-index.ts'
export { DEFAULT_PAGE_LENGTH, type FinishedManifest, type ManifestOptions, ManifestWriter } from './manifest-writer.ts'
export type { NewEntry } from './new-entry.ts'
export { PageCache, pagesInMemory, type PageSource, type ReadManifest } from './page-source.ts'
export { PartDigest, type Sha256, strongETag } from './part-digest.ts'
export { PartReader, type ReadContent } from './part-reader.ts'
export { type ArchivePart, DEFAULT_PART_LIMIT, type EntryPlace, PartPlanner } from './plan-parts.ts'
