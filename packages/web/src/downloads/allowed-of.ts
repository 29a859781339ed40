import type { AllowedContents } from '@vitrine/downloads/download-options.ts'
import type { AnswerOf } from '../api/client.ts'

/** What may be downloaded of a node, and of what lies in it where nothing else was said there. */
export function allowedOf({ may }: Pick<AnswerOf<'GET /api/v1/nodes/:id'>, 'may'>): AllowedContents {
  return { originals: may.includes('download-original'), renditions: may.includes('download-rendition') }
}
