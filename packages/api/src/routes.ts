/**
 * What each route below `/api/v1` takes and gives.
 *
 * The schemas are those that the server checks with. Clients take this table as a type alone, so that
 * nothing of it, and no validator, is part of what they load.
 */
import type { z } from 'zod'
import type { NodeAcl, SetAcl } from './access.ts'
import type { CreateDownload, DownloadBody, DownloadEstimate, DownloadList } from './downloads.ts'
import type {
  CopyNode,
  CreateNode,
  FindNeighbours,
  ListChildren,
  MoveNode,
  Neighbours,
  NodeAtPath,
  NodeBody,
  NodeDetail,
  NodePage,
  VersionBody,
  VersionList,
} from './nodes.ts'
import type { ListOperations, OperationBody, OperationPage, StartOperation } from './operations.ts'
import type {
  AppPasswords,
  ChangeMe,
  ChangeOwnPassword,
  CreateAppPassword,
  ListPeople,
  Me,
  NewAppPassword,
  NewSession,
  Sessions,
  SignIn,
  User,
  Users,
} from './people.ts'
import type { RenditionList } from './renditions.ts'
import type {
  ChangeShareLink,
  ClosingCheck,
  CreateShareLink,
  DraftShareLink,
  HandOverShareLink,
  ListNotices,
  ListPossibleHolders,
  ListSharedWithMe,
  ListShareLinks,
  NoticePage,
  PossibleHolders,
  PreviewShareLink,
  SeenShareLink,
  SharedWithMePage,
  ShareLinkBody,
  ShareLinkDraft,
  ShareLinkPage,
  ShareLinkPreview,
} from './share-links.ts'
import type { ListTrash, RestoreFromTrash, TrashPage } from './trash.ts'
import type { CheckedUploads, CheckUploads, FinishUpload, UploadBody, UploadList } from './uploads.ts'

/** What a route takes and gives. */
export interface RouteShape {
  readonly query?: unknown
  readonly body?: unknown
  /** Undefined: an answer without a body. */
  readonly answer: unknown
}

/** One route of the table. */
export interface Route<Shape extends RouteShape> {
  /** There at compile time alone. */
  readonly shape?: Shape
}

function route<Shape extends RouteShape>(): Route<Shape> {
  return {}
}

type In<Schema extends z.ZodType> = z.input<Schema>
type Out<Schema extends z.ZodType> = z.output<Schema>

/** Every route that a page calls, by method and path. */
export const routes = {
  'POST /api/v1/sessions': route<{ body: In<typeof SignIn>; answer: Out<typeof NewSession> }>(),
  'GET /api/v1/sessions': route<{ answer: Out<typeof Sessions> }>(),
  'DELETE /api/v1/sessions': route<{ answer: undefined }>(),
  'DELETE /api/v1/sessions/current': route<{ answer: undefined }>(),
  'DELETE /api/v1/sessions/:id': route<{ answer: undefined }>(),

  'GET /api/v1/me': route<{ answer: Out<typeof Me> }>(),
  'PATCH /api/v1/me': route<{ body: In<typeof ChangeMe>; answer: Out<typeof Me> }>(),
  'PUT /api/v1/me/password': route<{ body: In<typeof ChangeOwnPassword>; answer: undefined }>(),
  'GET /api/v1/me/app-passwords': route<{ answer: Out<typeof AppPasswords> }>(),
  'POST /api/v1/me/app-passwords': route<{ body: In<typeof CreateAppPassword>; answer: Out<typeof NewAppPassword> }>(),
  'DELETE /api/v1/me/app-passwords/:id': route<{ answer: undefined }>(),

  'GET /api/v1/users': route<{ query: In<typeof ListPeople>; answer: Out<typeof Users> }>(),
  'GET /api/v1/users/:id': route<{ answer: Out<typeof User> }>(),

  'GET /api/v1/nodes': route<{ query: In<typeof NodeAtPath>; answer: NodeDetail }>(),
  'POST /api/v1/nodes': route<{ body: CreateNode; answer: NodeBody }>(),
  'GET /api/v1/nodes/:id': route<{ answer: NodeDetail }>(),
  'GET /api/v1/nodes/:id/children': route<{ query: In<typeof ListChildren>; answer: NodePage }>(),
  'GET /api/v1/nodes/:id/neighbours': route<{ query: In<typeof FindNeighbours>; answer: Neighbours }>(),
  'POST /api/v1/nodes/:id/move': route<{ body: MoveNode; answer: NodeBody }>(),
  'POST /api/v1/nodes/:id/copy': route<{ body: CopyNode; answer: NodeBody }>(),
  'POST /api/v1/nodes/:id/trash': route<{ answer: undefined }>(),
  'GET /api/v1/nodes/:id/versions': route<{ answer: Out<typeof VersionList> }>(),
  'POST /api/v1/nodes/:id/versions/:version/restore': route<{ answer: VersionBody }>(),
  'GET /api/v1/nodes/:id/renditions': route<{ answer: Out<typeof RenditionList> }>(),
  'GET /api/v1/nodes/:id/versions/:version/renditions': route<{ answer: Out<typeof RenditionList> }>(),
  'GET /api/v1/nodes/:id/acl': route<{ answer: Out<typeof NodeAcl> }>(),
  'PUT /api/v1/nodes/:id/acl': route<{ body: In<typeof SetAcl>; answer: Out<typeof NodeAcl> }>(),

  'GET /api/v1/trash': route<{ query: In<typeof ListTrash>; answer: TrashPage }>(),
  'POST /api/v1/trash/:id/restore': route<{ body: In<typeof RestoreFromTrash>; answer: NodeBody }>(),
  'DELETE /api/v1/trash/:id': route<{ answer: undefined }>(),
  'POST /api/v1/trash/empty': route<{ answer: OperationBody }>(),

  'GET /api/v1/operations': route<{ query: In<typeof ListOperations>; answer: OperationPage }>(),
  'POST /api/v1/operations': route<{ body: StartOperation; answer: OperationBody }>(),
  'GET /api/v1/operations/:id': route<{ answer: OperationBody }>(),
  'POST /api/v1/operations/:id/cancel': route<{ answer: OperationBody }>(),
  'POST /api/v1/operations/:id/undo': route<{ answer: OperationBody }>(),

  'GET /api/v1/share-links': route<{ query: In<typeof ListShareLinks>; answer: ShareLinkPage }>(),
  'POST /api/v1/share-links': route<{ body: CreateShareLink; answer: ShareLinkBody }>(),
  'GET /api/v1/share-links/:id': route<{ answer: SeenShareLink }>(),
  'PATCH /api/v1/share-links/:id': route<{ body: ChangeShareLink; answer: SeenShareLink }>(),
  'POST /api/v1/share-links/:id/revoke': route<{ answer: SeenShareLink }>(),
  'POST /api/v1/share-links/:id/hand-over': route<{ body: HandOverShareLink; answer: undefined }>(),
  'POST /api/v1/share-links/:id/closing-check': route<{ answer: ClosingCheck }>(),
  'GET /api/v1/share-links/:id/possible-holders': route<{
    query: In<typeof ListPossibleHolders>
    answer: PossibleHolders
  }>(),
  'POST /api/v1/share-links/draft': route<{ body: DraftShareLink; answer: ShareLinkDraft }>(),
  'POST /api/v1/share-links/preview': route<{ body: PreviewShareLink; answer: ShareLinkPreview }>(),

  'GET /api/v1/shared-with-me': route<{ query: In<typeof ListSharedWithMe>; answer: SharedWithMePage }>(),

  'GET /api/v1/downloads': route<{ answer: DownloadList }>(),
  'POST /api/v1/downloads': route<{ body: CreateDownload; answer: DownloadBody }>(),
  'POST /api/v1/downloads/estimate': route<{ body: CreateDownload; answer: DownloadEstimate }>(),
  'GET /api/v1/downloads/:id': route<{ answer: DownloadBody }>(),
  'POST /api/v1/downloads/:id/cancel': route<{ answer: DownloadBody }>(),
  'POST /api/v1/downloads/:id/again': route<{ answer: DownloadBody }>(),

  'GET /api/v1/uploads': route<{ answer: UploadList }>(),
  'POST /api/v1/uploads/check': route<{ body: CheckUploads; answer: CheckedUploads }>(),
  'GET /api/v1/uploads/:id': route<{ answer: UploadBody }>(),
  'POST /api/v1/uploads/:id/finish': route<{ body: FinishUpload; answer: UploadBody }>(),

  'GET /api/v1/notices': route<{ query: In<typeof ListNotices>; answer: NoticePage }>(),
}

/** The table, as a type. */
export type Routes = typeof routes

/** Method and path of a route, as `GET /api/v1/nodes/:id`. */
export type RouteName = keyof Routes

/** What a route takes and gives. */
export type ShapeOf<Name extends RouteName> = Routes[Name] extends Route<infer Shape> ? Shape : never

/** Names of the ids in a path: `id` of `/api/v1/nodes/:id/acl`. */
export type PathParameters<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParameters<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never
