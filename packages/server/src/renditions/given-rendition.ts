import { type BlobHash, isRenditionName, renditionExtension, VitrineError } from '@vitrine/domain'
import type { Database } from '../db/open.ts'
import { renditionsOf } from './renditions-of.ts'

/** The bytes of a rendition, and what is said with them. */
export interface GivenRendition {
  readonly blob: BlobHash
  /** In bytes. */
  readonly size: number
  readonly mediaType: string
  /** As what a browser keeps it: the asset's name, the rendition's, and an extension. */
  readonly fileName: string
}

/** What renditions are; a decoder makes no others. */
const renditionTypes: ReadonlySet<string> = new Set(['image/jpeg', 'image/webp', 'image/png'])

/**
 * A rendition that is there to be given out. The caller has checked that it may be.
 *
 * @param original the asset's name, and the bytes that the rendition is of; null: there are none
 * @throws {VitrineError} `rendition/not-found`, also when it could not be made; `rendition/not-ready`
 */
export async function givenRendition(
  db: Database,
  original: { readonly name: string; readonly blob: BlobHash | null },
  name: string,
): Promise<GivenRendition> {
  const { blob } = original
  const rendition =
    blob !== null && isRenditionName(name) ? (await renditionsOf(db, [blob])).get(blob)?.[name] : undefined
  if (rendition?.state === 'queued') throw new VitrineError('rendition/not-ready', 'This is still being made.')
  if (rendition?.state !== 'ready' || !renditionTypes.has(rendition.mediaType)) throw noSuchRendition()
  const { mediaType, size } = rendition
  const fileName = `${original.name.replace(/\.[^.]*$/, '')}.${name}.${renditionExtension(mediaType)}`
  return { blob: rendition.blob, size, mediaType, fileName }
}

/** The failure of a rendition that there is not, or that somebody may not have. */
export function noSuchRendition(): VitrineError {
  return new VitrineError('rendition/not-found', 'There is no such rendition.')
}
