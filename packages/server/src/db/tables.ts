// Made by `npm run schema` from the migrations: do not edit.

import type { Generated } from 'kysely'

/** A row of `access_epoch`. */
export interface AccessEpochTable {
  only_row: Generated<boolean>
  epoch: number
}

/** A row of `acl_entries`. */
export interface AclEntriesTable {
  node_id: string
  position: number
  principal_id: string
  effect: string
  privileges: string[]
}

/** A row of `app_passwords`. */
export interface AppPasswordsTable {
  id: string
  user_id: string
  name: string
  secret_sha256: Buffer
  created_at: Date
  last_used_at: Date | null
}

/** A row of `blobs`. */
export interface BlobsTable {
  sha256: Buffer
  size: number
  crc32: number
  media_type: string
  width: number | null
  height: number | null
  created_at: Date
  unreferenced_since: Date | null
}

/** A row of `download_parts`. */
export interface DownloadPartsTable {
  download_id: string
  number: number
  name: string
  media_type: string
  size: number
  etag: string
  blob_sha256: Buffer | null
  layout: unknown
  bytes_sent: Generated<number>
}

/** A row of `downloads`. */
export interface DownloadsTable {
  id: string
  share_link_id: string | null
  generation: number | null
  visitor_id: string | null
  idempotency_key: string | null
  name: string
  state: string
  request: unknown
  entries: Generated<number>
  size: Generated<number>
  progress_done: Generated<number>
  progress_total: Generated<number>
  skipped: Generated<unknown>
  failure: string | null
  manifest_sha256: Buffer | null
  checked_epoch: Generated<number>
  withdrawn: Generated<number>
  created_at: Date
  ready_at: Date | null
  expires_at: Date
  completed_at: Date | null
  member_id: string | null
  user_id: string | null
}

/** A row of `folder_tree`. */
export interface FolderTreeTable {
  ancestor_id: string
  descendant_id: string
  depth: number
}

/** A row of `global_privileges`. */
export interface GlobalPrivilegesTable {
  principal_id: string
  privilege: string
}

/** A row of `group_members`. */
export interface GroupMembersTable {
  group_id: string
  member_id: string
}

/** A row of `imports`. */
export interface ImportsTable {
  id: string
  folder_id: string
  source: Buffer
  state: string
  files_total: number | null
  bytes_total: number | null
  files_done: Generated<number>
  bytes_done: Generated<number>
  report: unknown
  failure: string | null
  started_by: string
  started_at: Date
  ended_at: Date | null
}

/** A row of `migrations`. */
export interface MigrationsTable {
  number: number
  name: string
  applied_at: Generated<Date>
}

/** A row of `nodes`. */
export interface NodesTable {
  id: string
  parent_id: string | null
  kind: string
  name: string
  sort_key: string
  source_name: Buffer | null
  has_acl: Generated<boolean>
  trashed_at: Date | null
  trashed_from: string | null
  trashed_by: string | null
  in_trash: Generated<boolean>
  created_at: Date
  created_by: string
  modified_at: Date
  version_id: string | null
  size: number | null
  media_type: string | null
  blob_sha256: Buffer | null
  removed_at: Date | null
}

/** A row of `notices`. */
export interface NoticesTable {
  id: string
  principal_id: string
  kind: string
  facts: unknown
  created_at: Date
  read_at: Date | null
}

/** A row of `operation_nodes`. */
export interface OperationNodesTable {
  operation_id: string
  position: number
  node_id: string
  state: Generated<string>
  takes_back: unknown
  effect: unknown
  failure_code: string | null
  failure: string | null
  name: string | null
}

/** A row of `operations`. */
export interface OperationsTable {
  id: string
  kind: string
  state: string
  started_by: string
  to_id: string | null
  conflict: string
  undo_of: string | null
  nodes_total: number
  nodes_done: Generated<number>
  nodes_failed: Generated<number>
  nodes_undoable: Generated<number>
  attempts: Generated<number>
  created_at: Date
  ended_at: Date | null
}

/** A row of `principals`. */
export interface PrincipalsTable {
  id: string
  kind: string
  name: string
  display_name: string
  email: string | null
  password_hash: string | null
  password_must_change: Generated<boolean>
  disabled_at: Date | null
  is_built_in: Generated<boolean>
  created_at: Date
  language: string | null
  theme: Generated<string>
}

/** A row of `renditions`. */
export interface RenditionsTable {
  source_sha256: Buffer
  name: string
  state: string
  blob_sha256: Buffer | null
  media_type: string | null
  size: number | null
  width: number | null
  height: number | null
  failure_code: string | null
  failure: string | null
  attempts: Generated<number>
  updated_at: Date
}

/** A row of `sessions`. */
export interface SessionsTable {
  token_sha256: Buffer
  id: string
  user_id: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  user_agent: Generated<string>
}

/** A row of `settings`. */
export interface SettingsTable {
  name: string
  value: unknown
}

/** A row of `share_link_contents`. */
export interface ShareLinkContentsTable {
  share_link_id: string
  node_id: string
  version_id: string | null
  has_moved: Generated<boolean>
}

/** A row of `share_link_targets`. */
export interface ShareLinkTargetsTable {
  share_link_id: string
  node_id: string
  position: number
}

/** A row of `share_links`. */
export interface ShareLinksTable {
  id: string
  generation: Generated<number>
  title: string
  creator_id: string
  holder_id: string
  audience: Generated<string>
  mode: Generated<string>
  allow_originals: boolean
  allow_renditions: boolean
  created_at: Date
  expires_at: Date | null
  revoked_at: Date | null
  revoked_by: string | null
  suspended_at: Date | null
  opens: Generated<number>
  frozen_at: Date | null
}

/** A row of `uploads`. */
export interface UploadsTable {
  id: string
  user_id: string
  folder_id: string
  path: string[]
  conflict: string
  modified_at: Date | null
  expected_sha256: Buffer | null
  metadata: string
  size: number
  received: Generated<number>
  sha256: Buffer | null
  crc32: number | null
  media_type: string | null
  node_id: string | null
  outcome: string | null
  failure_code: string | null
  failure: string | null
  created_at: Date
  expires_at: Date
}

/** A row of `versions`. */
export interface VersionsTable {
  id: string
  asset_id: string
  number: number
  blob_sha256: Buffer
  size: number
  media_type: string
  modified_at: Date
  created_at: Date
  created_by: string
}

/** Every table by its name. */
export interface Tables {
  access_epoch: AccessEpochTable
  acl_entries: AclEntriesTable
  app_passwords: AppPasswordsTable
  blobs: BlobsTable
  download_parts: DownloadPartsTable
  downloads: DownloadsTable
  folder_tree: FolderTreeTable
  global_privileges: GlobalPrivilegesTable
  group_members: GroupMembersTable
  imports: ImportsTable
  migrations: MigrationsTable
  nodes: NodesTable
  notices: NoticesTable
  operation_nodes: OperationNodesTable
  operations: OperationsTable
  principals: PrincipalsTable
  renditions: RenditionsTable
  sessions: SessionsTable
  settings: SettingsTable
  share_link_contents: ShareLinkContentsTable
  share_link_targets: ShareLinkTargetsTable
  share_links: ShareLinksTable
  uploads: UploadsTable
  versions: VersionsTable
}
