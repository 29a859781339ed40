import { loadPart } from '../start/load-part.ts'

let loaded = false

/** Loads what uploads, when somebody is about to. */
export function loadUploader(): Promise<typeof import('./uploader.ts')> {
  loaded = true
  return loadPart(() => import('./uploader.ts'))
}

/** Stops uploads, as somebody signs out, and forgets them. */
export async function leaveUploads(): Promise<void> {
  if (!loaded) return
  const uploader = await loadUploader()
  uploader.leaveUploads()
}
