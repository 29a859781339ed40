declare const kind: unique symbol

/** A string that names one kind of thing. A `FolderId` cannot be passed where a `BlobHash` is asked for. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

/** Names a folder or an asset, for good: it stays when the node is moved or renamed. A UUID. */
export type NodeId = Id<'node'>
/** The root of the repository: the folder that holds all others. The same in every installation. */
export const ROOT_ID = '00000000-0000-7000-8000-000000000000' as NodeId
/** Names one version of an asset. A UUID. */
export type VersionId = Id<'version'>
/** Names a user or a group. A UUID. */
export type PrincipalId = Id<'principal'>
/** Names a share link. A UUID; it is part of the link's token. */
export type ShareLinkId = Id<'share-link'>
/** Names a download: 128 random bits as 22 characters of base64url. */
export type DownloadId = Id<'download'>
/** Names an operation on many nodes. A UUID. */
export type OperationId = Id<'operation'>
/** Names a visitor's inbox: 128 random bits as 22 characters of base64url. Lives in an HttpOnly cookie. */
export type VisitorId = Id<'visitor'>
/** SHA-256 of a blob's bytes, as 64 lower-case hexadecimal digits. */
export type BlobHash = Id<'blob'>
/** Names a node within one share link, opaque, and of no use in another: 22 characters of base64url. */
export type PublicItemId = Id<'public-item'>
