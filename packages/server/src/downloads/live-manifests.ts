import type { Parts } from '../parts.ts'
import { selectLiveManifests } from './download-store.ts'
import { manifestsOf } from './manifest-file.ts'

/**
 * The hashes of all blobs that ready downloads give and no row need name: SHA-256s of 32 bytes, one after another, a page
 * of a manifest at a time; zeros where an entry has no content. The same hash may come many times.
 *
 * A download that becomes ready meanwhile may be left out: ask within the exclusive blob lock, or let what nothing names
 * stay for some hours. (The manifests themselves are named by rows.)
 *
 * @throws {VitrineError} `blob/damaged` when a manifest cannot be read: then nothing may be removed
 */
export async function* liveManifestHashes(parts: Pick<Parts, 'db' | 'blobs'>): AsyncGenerator<Uint8Array> {
  for await (const manifest of selectLiveManifests(parts.db)) {
    const { index, uncachedPages } = await manifestsOf(parts.blobs).open(manifest)
    for (let number = 0; number < index.headerOffsets.length; number++) {
      yield (await uncachedPages.page(number)).contentKeys
    }
  }
}
