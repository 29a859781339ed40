/** Renditions for people who are signed in: the contract of `/api/v1/nodes/{id}/renditions`. */
import { z } from 'zod'

/** A rendition of an asset. */
export const RenditionBody = z.object({
  /** `thumbnail.319`, `web.1280`. */
  name: z.string(),
  state: z.enum(['queued', 'ready', 'failed']),
  /** Root-relative, when ready. */
  url: z.string().optional(),
  mediaType: z.string().optional(),
  /** In bytes. */
  size: z.number().optional(),
  /** In pixels. */
  width: z.number().optional(),
  /** In pixels. */
  height: z.number().optional(),
  /** Code of the closed list, when failed. */
  failure: z.string().optional(),
  /** A sentence, when failed. */
  detail: z.string().optional(),
})
/** A rendition of an asset. */
export type RenditionBody = z.infer<typeof RenditionBody>

/** The renditions of an asset, or of one of its versions. One that is missing was never asked for, and will not come. */
export const RenditionList = z.object({ items: z.array(RenditionBody) })

/** Parameters of a route to one rendition. */
export const ByRendition = z.strictObject({ id: z.uuid(), name: z.string().max(100) })

/** Parameters of a route to one rendition of a version. */
export const ByVersionRendition = z.strictObject({ id: z.uuid(), version: z.uuid(), name: z.string().max(100) })

/** Query of a route to one rendition. `?download`: as an attachment, which takes `download-rendition`. */
export const GetRendition = z.strictObject({ download: z.enum(['', '1', 'true']).optional() })
