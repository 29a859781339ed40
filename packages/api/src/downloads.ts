import { renditionNames } from '@vitrine/domain'
import { z } from 'zod'
import { downloadLayouts } from './public.ts'

/** Most items that one request may name; all of a folder is one. */
export const mostItems = 20_000

/** An id is 22 characters; what is longer is none. */
const itemIds = z.array(z.string().max(100)).max(mostItems)

/** Body of `POST /linkshare.html/downloads`. */
export const DownloadRequestBody = z.strictObject({
  /** All that the link shows, or these items; a folder stands for everything in it. */
  items: z.union([z.literal('all'), itemIds.min(1)]),
  /** Left out, with what lies below. */
  except: itemIds.default([]),
  originals: z.boolean(),
  renditions: z.array(z.enum(renditionNames)).max(renditionNames.length),
  layout: z.enum(downloadLayouts).default('tree'),
})
