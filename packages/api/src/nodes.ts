/** The repository: the contract of `/api/v1/nodes`. */
import { privileges } from '@vitrine/domain'
import { z } from 'zod'
import { PersonBody } from './people.ts'
import { itemSorts } from './public.ts'

const instant = z.iso.datetime({ offset: true })

/** A folder or an asset. */
export const NodeBody = z.object({
  id: z.uuid(),
  kind: z.enum(['folder', 'asset']),
  name: z.string(),
  /** `/` for the root. For people: it changes when something is moved or renamed, the id does not. */
  path: z.string(),
  /** Id of the folder that it lies in; null for the root. */
  parent: z.uuid().nullable(),
  /** ISO 8601, UTC: when the content, or the folder on its disk, was last changed. */
  modifiedAt: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** Id of the current version. Assets only. */
  version: z.uuid().optional(),
  /** In bytes. Assets only. */
  size: z.number().optional(),
  /** Assets only. */
  mediaType: z.string().optional(),
  /** SHA-256 of the current original, 64 hexadecimal digits. Assets only. */
  sha256: z.string().optional(),
  /** The bytes of the name on the disk that it came from, in Base64, where they differ from the name. */
  sourceName: z.string().optional(),
})
/** A folder or an asset. */
export type NodeBody = z.infer<typeof NodeBody>

/** Query of `GET /api/v1/nodes`. */
export const NodeAtPath = z.strictObject({
  /** From the root, with a slash before each name. */
  path: z.string().startsWith('/').max(100_000),
})

/** What whoever asks may do with a node. */
const may = z.array(z.enum(privileges))

/** A child of a folder, as it is listed. */
export const NodeItem = NodeBody.extend({
  /** Root-relative URL of a small rendition, when there is one. */
  thumbnail: z.string().optional(),
  /** In pixels, as shown. */
  width: z.number().optional(),
  /** In pixels, as shown. */
  height: z.number().optional(),
  /** Number of children that whoever asks may see. Folders only. */
  children: z.number().optional(),
  /** Number of live share links that share this itself. */
  liveLinks: z.number(),
  may,
})
/** A child of a folder, as it is listed. */
export type NodeItem = z.infer<typeof NodeItem>

/** A node with all that a page about it shows. Header `ETag` names its state: version, place and name. */
export const NodeDetail = NodeItem.extend({
  /** Number of live share links that show this: it, or a folder above it, is a target. */
  coveredBy: z.number(),
  /** The folders above it that whoever asks may see, the root first. */
  ancestors: z.array(z.object({ id: z.uuid(), name: z.string() })),
})
/** A node with all that a page about it shows. */
export type NodeDetail = z.infer<typeof NodeDetail>

/** Which names: those that hold this text, whatever its case. */
export const NameFilter = z
  .string()
  .max(255)
  .regex(/^[^\0]*$/)

const sort = z.enum(itemSorts).default('name')

/** Query of `GET /api/v1/nodes/{id}/children`. */
export const ListChildren = z.strictObject({
  /** `next` of the page before. Wins over `offset`. */
  cursor: z.string().max(4000).optional(),
  /** So many are left out first. */
  offset: z.coerce.number().int().min(0).max(1e9).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Folders come first in each order. */
  sort,
  filter: NameFilter.optional(),
  /** Only folders, or only assets. */
  kind: z.enum(['folder', 'asset']).optional(),
})

/** A page of a folder's children. */
export const NodePage = z.object({
  items: z.array(NodeItem),
  /** How many there are in all, with the filter and of the kind. */
  total: z.number(),
  /** Where the next page begins; null after the last. */
  next: z.string().nullable(),
})
/** A page of a folder's children. */
export type NodePage = z.infer<typeof NodePage>

/** Query of `GET /api/v1/nodes/{id}/neighbours`. */
export const FindNeighbours = z.strictObject({ sort, filter: NameFilter.optional() })

const Neighbour = z.object({ id: z.uuid(), name: z.string() })

/** The assets before and after one in its folder, in an order and with a filter; null: there is none. */
export const Neighbours = z.object({
  previous: Neighbour.nullable(),
  next: Neighbour.nullable(),
  /** How many assets come before it: with `kind=asset`, the offset at which its folder lists it. */
  before: z.number(),
})
/** The assets before and after one in its folder. */
export type Neighbours = z.infer<typeof Neighbours>

const sourceName = z.base64().max(1000).optional()

/** Body of `POST /api/v1/nodes`. */
export const CreateNode = z.strictObject({
  /** Id of the folder that is to hold it. */
  parent: z.uuid(),
  kind: z.literal('folder'),
  name: z.string(),
  /** ISO 8601; else now. */
  modifiedAt: instant.optional(),
  /** The bytes of the name on a disk, in Base64, where they differ from the name. */
  sourceName,
})
/** Body of `POST /api/v1/nodes`. */
export type CreateNode = z.input<typeof CreateNode>

/** Body of `POST /api/v1/nodes/{id}/move`. */
export const MoveNode = z.strictObject({
  /** Id of the folder where it goes. */
  parent: z.uuid(),
  name: z.string(),
})
/** Body of `POST /api/v1/nodes/{id}/move`. */
export type MoveNode = z.input<typeof MoveNode>

/** Body of `POST /api/v1/nodes/{id}/copy`. */
export const CopyNode = z.strictObject({
  /** Id of the folder where the copy goes. */
  parent: z.uuid(),
  /** Absent: the name of the original, or one that is free. */
  name: z.string().optional(),
})
/** Body of `POST /api/v1/nodes/{id}/copy`. */
export type CopyNode = z.input<typeof CopyNode>

/** Query of `POST /api/v1/nodes/{id}/assets`; the body is the content. */
export const UploadAsset = z.strictObject({
  name: z.string(),
  /** When an asset has the name: `refuse`, or add a `version` unless it holds the same bytes. */
  conflict: z.enum(['refuse', 'version']).default('refuse'),
  /** ISO 8601; else the header `Last-Modified`, else now. */
  modifiedAt: instant.optional(),
  /** The bytes of the name on a disk, in Base64, where they differ from the name. */
  sourceName,
})

/** Query of `PUT /api/v1/nodes/{id}/content`; the body is the content. */
export const PutContent = z.strictObject({
  /** ISO 8601; else the header `Last-Modified`, else now. */
  modifiedAt: instant.optional(),
})

/** What became of a content that was sent. */
export const StoredContent = NodeBody.extend({
  /** `unchanged`: the asset held these bytes already. */
  outcome: z.enum(['created', 'version', 'unchanged']),
})
/** What became of a content that was sent. */
export type StoredContent = z.infer<typeof StoredContent>

/** One state of an asset's original. */
export const VersionBody = z.object({
  id: z.uuid(),
  /** 1, 2, 3 … within the asset. */
  number: z.number(),
  /** In bytes. */
  size: z.number(),
  mediaType: z.string(),
  /** SHA-256, 64 hexadecimal digits. */
  sha256: z.string(),
  /** ISO 8601, UTC. */
  modifiedAt: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** Id of a user. */
  createdBy: z.uuid(),
  creator: PersonBody,
})
/** One state of an asset's original. */
export type VersionBody = z.infer<typeof VersionBody>

/** The versions of an asset, the newest first. */
export const VersionList = z.object({ items: z.array(VersionBody) })

/** Parameters of a route to one version. */
export const ByVersion = z.strictObject({ id: z.uuid(), version: z.uuid() })
