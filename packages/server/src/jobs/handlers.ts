import { collectBlobs } from '../blobs/collect-blobs.ts'
import { expireDownloads } from '../downloads/expire-downloads.ts'
import { prepareDownload } from '../downloads/prepare-download.ts'
import { expireOperations } from '../operations/expire-operations.ts'
import { runOperation } from '../operations/run-operation.ts'
import { makeRenditions } from '../renditions/make-renditions.ts'
import { resumeRenditions } from '../renditions/resume-renditions.ts'
import { deleteRemoved } from '../repository/delete-removed.ts'
import { suspendLinks } from '../share-links/suspend-links.ts'
import { expireUploads } from '../uploads/expire-uploads.ts'
import type { JobHandlers } from './job-handler.ts'

/** Who does which kind of job: the background work on one screen. */
export const handlers: JobHandlers = {
  'collect-blobs': (parts, job, signal) => collectBlobs(parts, job, signal),
  'make-renditions': makeRenditions,
  'resume-renditions': resumeRenditions,
  'suspend-links': suspendLinks,
  'prepare-download': prepareDownload,
  expire: async (parts) => {
    await expireDownloads(parts)
    await expireUploads(parts)
    await expireOperations(parts)
  },
  'run-operation': runOperation,
  'delete-removed': deleteRemoved,
}
