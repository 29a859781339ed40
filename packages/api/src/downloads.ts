import { renditionNames } from '@vitrine/domain'
import { z } from 'zod'
import { NameFilter } from './nodes.ts'
import { downloadLayouts } from './public.ts'

/** Most items that one request may name; all of a folder is one. */
export const mostItems = 20_000

/** An id is 22 characters; what is longer is none. */
const itemIds = z.array(z.string().max(100)).max(mostItems)

/** What is wanted of each asset, and how it is laid out. */
const contents = {
  originals: z.boolean(),
  renditions: z.array(z.enum(renditionNames)).max(renditionNames.length),
  layout: z.enum(downloadLayouts).default('tree'),
}

/** Body of `POST /linkshare.html/downloads`. */
export const DownloadRequestBody = z.strictObject({
  /** All that the link shows, or these items; a folder stands for everything in it. */
  items: z.union([z.literal('all'), itemIds.min(1)]),
  /** Left out, with what lies below. */
  except: itemIds.default([]),
  ...contents,
})

/** Assets and folders, each folder with everything in it. */
export const NodeIds = z.array(z.uuid()).max(mostItems)

/** Body of `POST /api/v1/downloads` and of `POST /api/v1/downloads/estimate`. Header of the first: `Idempotency-Key`. */
export const CreateDownload = z.strictObject({
  /** These nodes; or all of a folder. */
  nodes: z.union([
    NodeIds.min(1),
    z.strictObject({
      folder: z.uuid(),
      /** Of its children those alone whose names hold this text, whatever its case. */
      filter: NameFilter.optional(),
      /** Left out, with what lies below. */
      except: NodeIds.default([]),
    }),
  ]),
  ...contents,
})
/** Body of `POST /api/v1/downloads`. */
export type CreateDownload = z.input<typeof CreateDownload>

/** Parameters of a route to one download. */
export const ByDownload = z.strictObject({ id: z.string().max(100) })

/** A download of one's own: as a visitor sees theirs, and with the number of what was withdrawn. */
export const DownloadBody = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['queued', 'preparing', 'ready', 'failed', 'withdrawn', 'expired', 'cancelled']),
  /** Number of files in it. */
  entries: z.number(),
  /** Of all parts together, in bytes; exact once it is ready. */
  size: z.number(),
  progress: z.object({ done: z.number(), total: z.number() }),
  /** Empty until it is ready. */
  parts: z.array(
    z.object({
      number: z.number(),
      name: z.string(),
      mediaType: z.string(),
      /** In bytes. */
      size: z.number(),
      /** Strong entity tag, with its quotes. */
      etag: z.string(),
      /** Root-relative; whoever has it can get the part, without signing in. */
      url: z.string(),
    }),
  ),
  /** What could not be put in, and why. */
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** ISO 8601, UTC. */
  expiresAt: z.string(),
  /** How many files may not be given any more: not 0 when it was withdrawn. Queued again, it is without them. */
  withdrawn: z.number(),
})
/** A download of one's own. */
export type DownloadBody = z.infer<typeof DownloadBody>

/** `GET /api/v1/downloads`, the newest first. */
export const DownloadList = z.object({ downloads: z.array(DownloadBody) })
/** `GET /api/v1/downloads`, the newest first. */
export type DownloadList = z.infer<typeof DownloadList>

/** What a download would come to. Nothing is queued by asking. */
export const DownloadEstimate = z.object({
  /** Number of files. */
  entries: z.number(),
  /** Of all parts together, in bytes. Renditions that are not made yet are not in it. */
  bytes: z.number(),
  /** Number of archives; 1 for a plain file. */
  parts: z.number(),
  /** Files that would be left out because they may not be downloaded. */
  notAllowed: z.number(),
  /** Renditions that would be made first. */
  renditionsToMake: z.number(),
  /**
   * Whether the numbers are exact, but for renditions to make. Of very many files they are not: then they are at most
   * these, all of them taken as allowed and made.
   */
  isExact: z.boolean(),
  /** Most bytes that one download may have; absent: there is no limit. */
  limit: z.number().optional(),
  /** Whom to ask about the limit, where somebody was named. */
  contact: z.string().optional(),
})
/** What a download would come to. */
export type DownloadEstimate = z.infer<typeof DownloadEstimate>
