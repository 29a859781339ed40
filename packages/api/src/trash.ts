/** The trash: the contract of `/api/v1/trash`. */
import { z } from 'zod'
import { PersonBody } from './people.ts'

/** How what is in the trash may be ordered; a leading `-` turns the order round. */
export const trashSorts = ['trashed', '-trashed', 'name', '-name', 'size', '-size'] as const
/** One of {@link trashSorts}. */
export type TrashSort = (typeof trashSorts)[number]

/** Query of `GET /api/v1/trash`. */
export const ListTrash = z.strictObject({
  offset: z.coerce.number().int().min(0).max(1e9).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  sort: z.enum(trashSorts).default('-trashed'),
})

/** Something that was put into the trash. */
export const TrashedNode = z.object({
  id: z.uuid(),
  kind: z.enum(['folder', 'asset']),
  name: z.string(),
  /** Where it was, as that is called now. */
  path: z.string(),
  /** Id of the folder where it was. */
  parent: z.uuid(),
  /** That folder is there to take it back. */
  parentIsThere: z.boolean(),
  /** In bytes. Assets only. */
  size: z.number().optional(),
  /** Assets only. */
  mediaType: z.string().optional(),
  /** ISO 8601, UTC. */
  modifiedAt: z.string(),
  /** ISO 8601, UTC. */
  trashedAt: z.string(),
  trashedBy: PersonBody,
})
/** Something that was put into the trash. */
export type TrashedNode = z.infer<typeof TrashedNode>

/** A page of what whoever asks may restore or remove for good: what they put there, and where they may delete. */
export const TrashPage = z.object({
  items: z.array(TrashedNode),
  /** How many there are in all. */
  total: z.number(),
})
/** A page of the trash. */
export type TrashPage = z.infer<typeof TrashPage>

/** Body of `POST /api/v1/trash/{id}/restore`. */
export const RestoreFromTrash = z
  .strictObject({
    /** Id of the folder where it goes; absent: where it was. */
    parent: z.uuid().optional(),
    /** Absent: the name that it has. */
    name: z.string().optional(),
  })
  .nullish()
