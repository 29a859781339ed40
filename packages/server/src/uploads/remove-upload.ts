import type { UploadParts } from './own-upload.ts'
import { locked } from './running-uploads.ts'
import { deleteUpload } from './upload-store.ts'

/**
 * Removes an upload and its bytes. What became of a finished one stays.
 *
 * @throws {VitrineError} `upload/locked` while another process has it
 */
export async function removeUpload({ db, blobs }: Pick<UploadParts, 'db' | 'blobs'>, id: string): Promise<void> {
  // The bytes first: a process that dies in between leaves a row, which is found.
  if (!(await blobs.removeUnfinished(id))) throw locked()
  await deleteUpload(db, id)
}
