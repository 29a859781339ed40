import { loadUploader } from './load-uploader.ts'
import type { Dropped } from './take-dropped.ts'
import type { UploadFolder } from './upload-entry.ts'

/** How parts of the page begin an upload: what uploads is loaded by that. */
export const startUpload = {
  /** Uploads files that were chosen. */
  files(folder: UploadFolder, files: readonly File[]): void {
    if (files.length > 0) void loadUploader().then(({ uploadChosen }) => uploadChosen(folder, files))
  },

  /** Uploads what was dropped or pasted. */
  dropped(folder: UploadFolder, dropped: readonly Dropped[]): void {
    if (dropped.length > 0) void loadUploader().then(({ uploadDropped }) => uploadDropped(folder, dropped))
  },
}
