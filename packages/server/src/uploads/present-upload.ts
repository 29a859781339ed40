import type { UploadBody } from '@vitrine/api'
import { offsetOf } from './own-upload.ts'
import type { StoredUpload } from './upload-store.ts'

/** An upload as it goes out. @param there so many of its bytes are there */
export function presentUpload(upload: StoredUpload, there: number): UploadBody {
  const { id, folder, path, conflict, modifiedAt, size, failure, done, createdAt, expiresAt } = upload
  return {
    id,
    url: urlOf(id),
    parent: folder,
    relativePath: path.join('/'),
    conflict,
    modifiedAt: modifiedAt === null ? null : new Date(modifiedAt).toISOString(),
    size,
    offset: offsetOf(upload, there),
    state: stateOf(upload, there),
    failure: failure && { code: failure.code, detail: failure.detail },
    node: done?.node ?? null,
    outcome: done?.outcome ?? null,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  }
}

/** Where an upload is, root-relative. */
export function urlOf(id: string): string {
  return `/api/v1/uploads/${id}`
}

function stateOf({ done, size }: StoredUpload, there: number): UploadBody['state'] {
  if (done) return 'finished'
  return there === size ? 'received' : 'unfinished'
}
