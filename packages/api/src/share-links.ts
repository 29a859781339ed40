import { z } from 'zod'

/** Most targets of one share link. */
export const mostTargets = 1000

const title = z.string().trim().min(1).max(255)
const expiresAt = z.iso.datetime({ offset: true }).nullable()

/** Body of `POST /api/v1/share-links`. */
export const CreateShareLink = z.strictObject({
  /** Ids of nodes, in the order in which visitors see them. */
  targets: z.array(z.uuid()).min(1).max(mostTargets),
  /** ISO 8601 with offset. Null: never, which only administrators may choose. Absent: the server's default. */
  expiresAt: expiresAt.optional(),
  /** Whether originals may be downloaded. */
  originals: z.boolean().default(true),
  /** Whether renditions may be downloaded. */
  renditions: z.boolean().default(true),
  /** What the visitor's page calls it. Absent: the name of the first target. */
  title: title.optional(),
  /** Answers the live link that the same person already holds on the same targets with the same settings, if there is one. */
  reuse: z.boolean().default(false),
})
/** Body of `POST /api/v1/share-links`. */
export type CreateShareLink = z.input<typeof CreateShareLink>

/** Body of `PATCH /api/v1/share-links/ID`: what is absent stays as it is. */
export const ChangeShareLink = z.strictObject({
  expiresAt: expiresAt.optional(),
  originals: z.boolean().optional(),
  renditions: z.boolean().optional(),
  title: title.optional(),
})
/** Body of `PATCH /api/v1/share-links/ID`. */
export type ChangeShareLink = z.input<typeof ChangeShareLink>

/** Body of `POST /api/v1/share-links/ID/hand-over`. */
export const HandOverShareLink = z.strictObject({
  /** Id of the user who is to hold it. They must be able to share every target. */
  to: z.uuid(),
})
/** Body of `POST /api/v1/share-links/ID/hand-over`. */
export type HandOverShareLink = z.input<typeof HandOverShareLink>

/** Query of `GET /api/v1/share-links`. */
export const ListShareLinks = z.strictObject({
  /** Everybody's, not only one's own: for those with `share-links/view-all`. */
  all: z.stringbool().default(false),
  /** Only links of which this node is a target. */
  target: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
})

/** What has become of a link. */
export const ShareLinkStateName = z.enum(['live', 'expired', 'revoked', 'suspended'])

/** Why a link is suspended. */
export const ShareLinkTrouble = z.object({
  reason: z.enum(['holder-disabled', 'read-lost', 'share-lost', 'gone']),
  /** The target that it is about; absent when it is about the whole link. */
  target: z.object({ id: z.uuid(), name: z.string() }).optional(),
})

const ShareLinkPerson = z.object({ id: z.uuid(), name: z.string(), displayName: z.string() })

const ShareLinkFacts = z.object({
  id: z.uuid(),
  title: z.string(),
  state: ShareLinkStateName,
  /** Why, when it is suspended; else empty. */
  reasons: z.array(ShareLinkTrouble),
  targets: z.array(
    z.object({ id: z.uuid(), kind: z.enum(['folder', 'asset']), name: z.string(), inTrash: z.boolean() }),
  ),
  originals: z.boolean(),
  renditions: z.boolean(),
  creator: ShareLinkPerson,
  holder: ShareLinkPerson,
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** ISO 8601, UTC; null: never. */
  expiresAt: z.string().nullable(),
  /** ISO 8601, UTC; null: it was not revoked. */
  revokedAt: z.string().nullable(),
  /** How often someone looked at it for two seconds. */
  opens: z.number(),
})

/** A share link as its holder sees it. */
export const ShareLinkBody = ShareLinkFacts.extend({
  /** Absolute, with its token. */
  url: z.string(),
})
/** A share link as its holder sees it. */
export type ShareLinkBody = z.infer<typeof ShareLinkBody>

/** A share link as those see it who may see all links. */
export const SeenShareLink = ShareLinkFacts.extend({
  /** Absolute, with its token. Null for all but its holder and administrators: it is a key, not a fact. */
  url: z.string().nullable(),
})
/** A share link as those see it who may see all links. */
export type SeenShareLink = z.infer<typeof SeenShareLink>

/** `GET /api/v1/share-links`, the newest first. */
export const ShareLinkPage = z.object({ items: z.array(SeenShareLink), next: z.string().nullable() })
/** `GET /api/v1/share-links`, the newest first. */
export type ShareLinkPage = z.infer<typeof ShareLinkPage>

/** Query of `GET /api/v1/notices`. */
export const ListNotices = z.strictObject({
  /** Only those that were not read yet. */
  unread: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** Something that a person should know: a link was suspended, and why. */
export const Notice = z.object({
  id: z.uuid(),
  kind: z.enum(['share-link/suspended']),
  shareLink: z.object({ id: z.uuid(), title: z.string(), holder: z.string() }),
  reasons: z.array(ShareLinkTrouble),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** ISO 8601, UTC; null: not read yet. */
  readAt: z.string().nullable(),
})
/** Something that a person should know. */
export type Notice = z.infer<typeof Notice>

/** `GET /api/v1/notices`, the newest first. */
export const NoticePage = z.object({ items: z.array(Notice) })
/** `GET /api/v1/notices`, the newest first. */
export type NoticePage = z.infer<typeof NoticePage>
