import type { BlobFacts } from './blob-store.ts'
import type { HashedBytes } from './hash-bytes.ts'
import { mediaTypeOfContent } from './media-type.ts'

/** The facts of a blob whose bytes were read through. */
export async function factsOf({ firstBytes, ...hashed }: HashedBytes): Promise<BlobFacts> {
  return { ...hashed, mediaType: await mediaTypeOfContent(firstBytes) }
}
