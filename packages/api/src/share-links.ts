import { mostTargets, shareLinkAudiences, shareLinkModes } from '@vitrine/domain'
import { z } from 'zod'
import { PersonBody } from './people.ts'

/** The database keeps no NUL. */
const text = z
  .string()
  .max(255)
  .regex(/^[^\0]*$/)
const title = text.trim().min(1)
const expiresAt = z.iso.datetime({ offset: true }).nullable()

const targets = z.array(z.uuid()).min(1).max(mostTargets)
const audience = z.enum(shareLinkAudiences)
const mode = z.enum(shareLinkModes)

/** Body of `POST /api/v1/share-links/draft`. */
export const DraftShareLink = z.strictObject({
  /** Ids of nodes, each of which the asker must be able to share. */
  targets,
})
/** Body of `POST /api/v1/share-links/draft`. */
export type DraftShareLink = z.input<typeof DraftShareLink>

/** Body of `POST /api/v1/share-links`. */
export const CreateShareLink = z
  .strictObject({
    /** Ids of nodes, in the order in which visitors see them. */
    targets,
    /** ISO 8601 with offset. Null: never, which only administrators may choose. Absent: the server's default. */
    expiresAt: expiresAt.optional(),
    /** Whether originals may be downloaded. */
    originals: z.boolean().default(true),
    /** Whether renditions may be downloaded. */
    renditions: z.boolean().default(true),
    /** What the visitor's page calls it. Absent: the name of the first target. */
    title: title.optional(),
    /** Who may open it: whoever has it, or people with an account alone. */
    audience: audience.default('anyone'),
    /** What it shows: what is in its targets then (`live`), or what is in them now, as it will be or as it is. */
    mode: mode.default('live'),
    /**
     * Answers the live link that the same person already holds on the same targets with the same settings, if there is
     * one. Only for what is shown live.
     */
    reuse: z.boolean().default(false),
    /** `id` of the draft whose URL this link is to have. Sent again, it answers the link that was made. */
    id: z.uuid().optional(),
    /** `draft` of the same draft: proves that the URL was shown to this person. */
    draft: z.string().max(200).optional(),
  })
  .refine(({ id, draft }) => (id === undefined) === (draft === undefined), {
    message: 'id and draft belong together',
    path: ['draft'],
  })
/** Body of `POST /api/v1/share-links`. */
export type CreateShareLink = z.input<typeof CreateShareLink>

/** Body of `PATCH /api/v1/share-links/ID`: what is absent stays as it is. Takes `If-Match`. */
export const ChangeShareLink = z.strictObject({
  expiresAt: expiresAt.optional(),
  originals: z.boolean().optional(),
  renditions: z.boolean().optional(),
  title: title.optional(),
  audience: audience.optional(),
  mode: mode.optional(),
  /** Fixes the contents anew, as they are now; for a link that is not live, or that `mode` makes so. */
  freezeAgain: z.boolean().default(false),
})
/** Body of `PATCH /api/v1/share-links/ID`. */
export type ChangeShareLink = z.input<typeof ChangeShareLink>

/** Body of `POST /api/v1/share-links/preview`. */
export const PreviewShareLink = z.strictObject({
  targets,
  /** Whether originals are to be downloaded. */
  originals: z.boolean().default(true),
  /** Whether renditions are to be downloaded. */
  renditions: z.boolean().default(true),
  /** Id of the user through whose rights the link would look, for administrators. Absent: whoever asks. */
  holder: z.uuid().optional(),
})
/** Body of `POST /api/v1/share-links/preview`. */
export type PreviewShareLink = z.input<typeof PreviewShareLink>

/** Numbers of nodes, and the bytes of the assets' originals. */
export const ShareLinkTally = z.object({ folders: z.number(), assets: z.number(), bytes: z.number() })
/** Numbers of nodes, and the bytes of the assets' originals. */
export type ShareLinkTally = z.infer<typeof ShareLinkTally>

/**
 * Why a link does not show something, or does not give it.
 *
 * - `no-read`, `no-share`: the holder may not see it, or not share it;
 * - `in-trash`: it was put into the trash; what lies in it is not counted;
 * - `no-original`, `no-rendition`: it is shown, but the holder may not download its original, or its renditions.
 */
export const PreviewReason = z.enum(['no-read', 'no-share', 'in-trash', 'no-original', 'no-rendition'])
/** Why a link does not show something, or does not give it. */
export type PreviewReason = z.infer<typeof PreviewReason>

const LeftOut = ShareLinkTally.extend({
  reason: PreviewReason,
  /** Of the nodes at which it begins, the first of them. Empty where that is the target itself, or was not looked at. */
  names: z.array(z.string()),
})

/** `POST /api/v1/share-links/preview`. What the asker may not read is not counted. */
export const ShareLinkPreview = z.object({
  /** What would be shown in all, each node once. */
  shown: ShareLinkTally,
  leftOut: z.array(LeftOut),
  /** In the order in which they were asked for. */
  targets: z.array(
    z.object({
      id: z.uuid(),
      /** Null: there is no such node, or the asker may not see it. */
      kind: z.enum(['folder', 'asset']).nullable(),
      name: z.string().nullable(),
      /** `shown`, or why no link can be made with it. */
      state: z.enum(['shown', 'not-found', 'in-trash', 'no-read', 'no-share']),
      /** Through this target; what lies in two of them counts for both. */
      shown: ShareLinkTally,
      leftOut: z.array(LeftOut),
    }),
  ),
})
/** `POST /api/v1/share-links/preview`. */
export type ShareLinkPreview = z.infer<typeof ShareLinkPreview>

/** Body of `POST /api/v1/share-links/ID/hand-over`. */
export const HandOverShareLink = z.strictObject({
  /** Id of the user who is to hold it. They must be able to share every target. */
  to: z.uuid(),
})
/** Body of `POST /api/v1/share-links/ID/hand-over`. */
export type HandOverShareLink = z.input<typeof HandOverShareLink>

/** What has become of a link. */
export const ShareLinkStateName = z.enum(['live', 'expired', 'revoked', 'suspended'])

/** How share links may be ordered; a leading `-` turns the order round. Those that never expire expire last. */
export const shareLinkSorts = [
  'created',
  '-created',
  'expires',
  '-expires',
  'title',
  '-title',
  'opens',
  '-opens',
] as const

/** One of {@link shareLinkSorts}. */
export type ShareLinkSort = (typeof shareLinkSorts)[number]

/** Query of `GET /api/v1/share-links`. */
export const ListShareLinks = z.strictObject({
  /** Everybody's, not only one's own: for those with `share-links/view-all`. */
  all: z.stringbool().default(false),
  /** Only links of which this node is a target. */
  target: z.uuid().optional(),
  /** Only links that open now and show this node, in whatever target. Stands alone, but for `all` and `limit`. */
  covers: z.uuid().optional(),
  /** Only links of this state. Suspended are those whose holder was told so. */
  state: ShareLinkStateName.optional(),
  /** Only titles that hold this text, whatever its case. */
  search: text.default(''),
  sort: z.enum(shareLinkSorts).default('-created'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** So many are left out first. `cursor` wins over it. */
  offset: z.coerce.number().int().min(0).max(1e9).default(0),
  cursor: z.string().max(4000).optional(),
})

/** Why a link is suspended. */
export const ShareLinkTrouble = z.object({
  reason: z.enum(['holder-disabled', 'read-lost', 'share-lost', 'gone']),
  /** The target that it is about; absent when it is about the whole link. */
  target: z.object({ id: z.uuid(), name: z.string() }).optional(),
})

const ShareLinkFacts = z.object({
  id: z.uuid(),
  title: z.string(),
  state: ShareLinkStateName,
  /** Why, when it is suspended; else empty. */
  reasons: z.array(ShareLinkTrouble),
  targets: z.array(
    z.object({ id: z.uuid(), kind: z.enum(['folder', 'asset']), name: z.string(), inTrash: z.boolean() }),
  ),
  audience,
  mode,
  /** ISO 8601, UTC: when its contents were fixed; null: it is live. */
  frozenAt: z.string().nullable(),
  originals: z.boolean(),
  renditions: z.boolean(),
  creator: PersonBody,
  holder: PersonBody,
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** ISO 8601, UTC; null: never. */
  expiresAt: z.string().nullable(),
  /** ISO 8601, UTC; null: it was not revoked. */
  revokedAt: z.string().nullable(),
  /** How often someone looked at it for two seconds. */
  opens: z.number(),
  /** Entity tag of what can be changed of it, with its quotes, for `If-Match`. */
  etag: z.string(),
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

/** `GET /api/v1/share-links`. */
export const ShareLinkPage = z.object({
  items: z.array(SeenShareLink),
  /** Cursor of the next page; null after the last. */
  next: z.string().nullable(),
  /** How many there are on all pages. */
  total: z.number(),
  /** How many there are of each state, whatever `state` asks for. */
  counts: z.object({ live: z.number(), expired: z.number(), revoked: z.number(), suspended: z.number() }),
  /** With `covers`: how many links of others show the node, beyond those in the list. */
  others: z.number().optional(),
})
/** `GET /api/v1/share-links`. */
export type ShareLinkPage = z.infer<typeof ShareLinkPage>

/** `POST /api/v1/share-links/draft`: a URL that opens nothing until a link is made with it. Nothing was written. */
export const ShareLinkDraft = z.object({
  /** What the link's id will be. */
  id: z.uuid(),
  /** Proves to `POST /api/v1/share-links` that this draft was made for this person. */
  draft: z.string(),
  /** ISO 8601, UTC: no link can be made with it afterwards. */
  draftExpiresAt: z.string(),
  /** Absolute, with the token that the link will have, for an audience of anyone. */
  url: z.string(),
  /** The same for an audience of members, who open it where they sign in. */
  membersUrl: z.string(),
  /** ISO 8601, UTC: the expiry that a link gets for which none is chosen. */
  expiresAt: z.string(),
  /** ISO 8601, UTC: the latest that may be chosen. */
  latestExpiresAt: z.string(),
  /** Whether this person may make a link that never expires. */
  mayNeverExpire: z.boolean(),
  /** The newest link that opens and that this person already holds on the same targets; null: there is none. */
  existing: ShareLinkBody.nullable(),
})
/** `POST /api/v1/share-links/draft`. */
export type ShareLinkDraft = z.infer<typeof ShareLinkDraft>

/** Query of `GET /api/v1/shared-with-me`. */
export const ListSharedWithMe = z.strictObject({
  /** Only titles that hold this text, whatever its case. */
  search: text.default(''),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(4000).optional(),
})

/** `GET /api/v1/shared-with-me`: links of others that open, and that are meant for this person; the newest first. */
export const SharedWithMePage = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      holder: PersonBody,
      /** Absolute, with its token. */
      url: z.string(),
      originals: z.boolean(),
      renditions: z.boolean(),
      /** ISO 8601, UTC. */
      createdAt: z.string(),
      /** ISO 8601, UTC; null: never. */
      expiresAt: z.string().nullable(),
    }),
  ),
  /** Cursor of the next page; null after the last. */
  next: z.string().nullable(),
})
/** `GET /api/v1/shared-with-me`. */
export type SharedWithMePage = z.infer<typeof SharedWithMePage>

/** Query of `GET /api/v1/share-links/ID/possible-holders`. */
export const ListPossibleHolders = z.strictObject({
  /** Only people whose name or display name holds this text, whatever its case. */
  name: text.default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** `next` of the page before. */
  cursor: z.string().max(2000).optional(),
})

/** `GET /api/v1/share-links/ID/possible-holders`: people who may share all that the link shows, by name. */
export const PossibleHolders = z.object({
  items: z.array(PersonBody),
  /** Cursor of the next page; null: there are no more. A page with a next one may hold fewer than were asked for. */
  next: z.string().nullable(),
})
/** `GET /api/v1/share-links/ID/possible-holders`. */
export type PossibleHolders = z.infer<typeof PossibleHolders>

/** One question that was asked at a door. */
export const ClosingCheckDoor = z.object({
  listener: z.enum(['main', 'public']),
  method: z.string(),
  /** The route, as the list of public routes has it: `/linkshare.html/items/:id`. */
  route: z.string(),
  /** Root-relative address that was asked for, without its secret: `?sh=…`. */
  url: z.string(),
  /** What was asked beyond the plain question: `if-none-match`, as who has seen it before asks. */
  condition: z.enum(['if-none-match']).nullable(),
  /** Status 0: there was no answer. `code` is that of the failure, where the answer tells it. */
  answer: z.object({ status: z.number(), code: z.string().nullable() }),
  /** It gave nothing, and the answer is that of a link that does not open. */
  closed: z.boolean(),
})
/** One question that was asked at a door. */
export type ClosingCheckDoor = z.infer<typeof ClosingCheckDoor>

/** `POST /api/v1/share-links/ID/closing-check`: every door of a link that has ended was asked over HTTP. */
export const ClosingCheck = z.object({
  /** ISO 8601, UTC. */
  checkedAt: z.string(),
  doors: z.array(ClosingCheckDoor),
  /** Parts of downloads that were not asked for, because there are so many. */
  partsNotAsked: z.number(),
  /** Every door that was asked is closed, and none was left out. */
  allClosed: z.boolean(),
})
/** `POST /api/v1/share-links/ID/closing-check`. */
export type ClosingCheck = z.infer<typeof ClosingCheck>

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
