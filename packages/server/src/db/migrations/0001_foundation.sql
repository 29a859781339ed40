-- People: users and groups are both principals, so that an access control entry names either.

create table principals (
  id uuid primary key,
  kind text not null check (kind in ('user', 'group')),
  -- Sign-in name of a user, name of a group. NFC.
  name text not null unique,
  display_name text not null,
  email text,
  -- argon2id in PHC string format; null: no sign-in by password.
  password_hash text,
  password_must_change boolean not null default false,
  disabled_at timestamptz,
  -- 'admin', 'everyone', 'administrators' may not be removed.
  is_built_in boolean not null default false,
  created_at timestamptz not null
);
-- Names that differ only in case would be taken for each other.
create unique index principals_folded_name on principals (lower(name));

create table group_members (
  group_id uuid not null references principals on delete cascade,
  member_id uuid not null references principals on delete cascade,
  primary key (group_id, member_id),
  check (group_id <> member_id)
);
create index group_members_by_member on group_members (member_id);

create table global_privileges (
  principal_id uuid not null references principals on delete cascade,
  privilege text not null check (privilege in ('share-links/view-all', 'people', 'settings', 'audit')),
  primary key (principal_id, privilege)
);

create table sessions (
  -- SHA-256 of the cookie's value.
  token_sha256 bytea primary key,
  -- By which its owner names it when ending it.
  id uuid not null unique,
  user_id uuid not null references principals on delete cascade,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text not null default ''
);
create index sessions_by_user on sessions (user_id);

create table app_passwords (
  id uuid primary key,
  user_id uuid not null references principals on delete cascade,
  name text not null,
  -- SHA-256 of the 160 random bits that were shown once.
  secret_sha256 bytea not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index app_passwords_by_user on app_passwords (user_id);

-- One row. Bumped, and notified on 'vitrine_access', by everything that can take access away.
create table access_epoch (
  only_row boolean primary key default true check (only_row),
  epoch bigint not null
);
insert into access_epoch (epoch) values (1);

-- Blobs: immutable bytes. The file is durable before its row is here.

create table blobs (
  sha256 bytea primary key check (octet_length(sha256) = 32),
  -- In bytes.
  size bigint not null check (size >= 0),
  -- Unsigned CRC-32 (ISO-HDLC).
  crc32 bigint not null check (crc32 between 0 and 4294967295),
  -- Told from the content, where it tells; else application/octet-stream.
  media_type text not null,
  -- Of the picture as it is shown (after EXIF orientation), in pixels; known once it was decoded.
  width integer,
  height integer,
  created_at timestamptz not null,
  -- When garbage collection first found that no row names it. It goes after a grace, and only if no live manifest names it.
  unreferenced_since timestamptz
);
create index blobs_unreferenced on blobs (unreferenced_since) where unreferenced_since is not null;

-- The repository: a tree of folders and assets.

create table nodes (
  id uuid primary key,
  -- Null for the root only.
  parent_id uuid references nodes,
  kind text not null check (kind in ('folder', 'asset')),
  -- NFC. Unique among siblings that are not in the trash, by bytes.
  name text not null,
  -- Orders siblings as people expect, by bytes whatever the database's collation: case folded, numbers by value.
  sort_key text collate "C" not null,
  -- The bytes of the name on the disk it came from, where they differ from the name.
  source_name bytea,
  -- Has access control entries of its own. Entries elsewhere cost a listing nothing.
  has_acl boolean not null default false,
  -- Set on the node that was put into the trash, and where it was.
  trashed_at timestamptz,
  trashed_from uuid,
  trashed_by uuid,
  -- True for the node that was trashed and for everything below it.
  in_trash boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null references principals,
  -- Of the content (an asset) or of the folder as it was on the disk.
  modified_at timestamptz not null,
  -- What the current version says, for listings. Null for folders.
  version_id uuid,
  size bigint,
  media_type text,
  blob_sha256 bytea references blobs,
  check ((kind = 'folder') = (size is null)),
  check ((kind = 'folder') = (blob_sha256 is null))
);
create unique index nodes_live_name on nodes (parent_id, name) where trashed_at is null;
create index nodes_by_name on nodes (parent_id, kind desc, sort_key, id) where not in_trash;
create index nodes_with_acl on nodes (parent_id) where has_acl;
create index nodes_trashed on nodes (trashed_at, id) where trashed_at is not null;
create index nodes_by_blob on nodes (blob_sha256) where blob_sha256 is not null;

-- Every folder's ancestors, itself among them (depth 0). Assets are found through their folder.
create table folder_tree (
  ancestor_id uuid not null references nodes on delete cascade,
  descendant_id uuid not null references nodes on delete cascade,
  depth integer not null check (depth >= 0),
  primary key (ancestor_id, descendant_id)
);
create index folder_tree_up on folder_tree (descendant_id, depth) include (ancestor_id);

create table versions (
  id uuid primary key,
  asset_id uuid not null references nodes on delete cascade,
  -- 1, 2, 3 … within the asset.
  number integer not null check (number >= 1),
  blob_sha256 bytea not null references blobs,
  size bigint not null,
  media_type text not null,
  -- When the content was last changed where it came from.
  modified_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid not null references principals,
  unique (asset_id, number)
);
create index versions_by_blob on versions (blob_sha256);

-- Access control lists. position: the order within one node's list; a later entry overrules.
create table acl_entries (
  node_id uuid not null references nodes on delete cascade,
  position integer not null,
  principal_id uuid not null references principals on delete cascade,
  effect text not null check (effect in ('allow', 'deny')),
  privileges text[] not null,
  primary key (node_id, position)
);
create index acl_entries_by_principal on acl_entries (principal_id);

-- Imports of a folder of the server's own disk.
create table imports (
  id uuid primary key,
  folder_id uuid not null references nodes on delete cascade,
  -- Path on the server's disk, as bytes.
  source bytea not null,
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  files_total bigint,
  bytes_total bigint,
  files_done bigint not null default 0,
  bytes_done bigint not null default 0,
  -- The counts and lists of the answer (design 4), when done.
  report jsonb,
  failure text,
  started_by uuid not null references principals,
  started_at timestamptz not null,
  ended_at timestamptz
);
create index imports_running on imports (folder_id) where state = 'running';

-- Share links.

create table share_links (
  id uuid primary key,
  -- Raised to make every token given out so far void.
  generation integer not null default 1,
  title text not null,
  creator_id uuid not null references principals,
  -- Through whose rights the link looks.
  holder_id uuid not null references principals,
  audience text not null default 'anyone' check (audience in ('anyone')),
  -- live: what is added to a folder later is in it. frozen: the ids of the moment. versions: pinned versions.
  mode text not null default 'live' check (mode in ('live')),
  allow_originals boolean not null,
  allow_renditions boolean not null,
  created_at timestamptz not null,
  -- Null: never.
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid references principals,
  -- When people were told that it is suspended; null while it opens. Whether it opens is found anew at each request.
  suspended_at timestamptz,
  opens bigint not null default 0
);
create index share_links_by_holder on share_links (holder_id, created_at desc, id desc);
create index share_links_by_age on share_links (created_at desc, id desc);

create table share_link_targets (
  share_link_id uuid not null references share_links on delete cascade,
  node_id uuid not null references nodes on delete cascade,
  position integer not null,
  primary key (share_link_id, node_id)
);
create index share_link_targets_by_node on share_link_targets (node_id);

-- Notices to a person: a link of theirs was suspended, and why.
create table notices (
  id uuid primary key,
  principal_id uuid not null references principals on delete cascade,
  kind text not null,
  facts jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notices_of on notices (principal_id, created_at desc);

-- Renditions, by the blob they are made from: equal bytes are made once.
create table renditions (
  source_sha256 bytea not null references blobs on delete cascade,
  -- 'thumbnail.319', 'web.1280'.
  name text not null,
  state text not null check (state in ('queued', 'ready', 'failed')),
  blob_sha256 bytea references blobs,
  media_type text,
  size bigint,
  width integer,
  height integer,
  -- Code of the closed list, and a sentence, when failed.
  failure_code text,
  failure text,
  attempts integer not null default 0,
  updated_at timestamptz not null,
  primary key (source_sha256, name),
  check ((state = 'ready') = (blob_sha256 is not null))
);
create index renditions_by_blob on renditions (blob_sha256) where blob_sha256 is not null;
create index renditions_queued on renditions (updated_at) where state = 'queued';

-- Downloads: frozen manifests, given out as virtual archives.

create table downloads (
  id text primary key,
  share_link_id uuid not null references share_links on delete cascade,
  -- The link's generation when it was queued: a part's capability holds it.
  generation integer not null,
  visitor_id text not null,
  -- Of the POST that made it; the same key again answers the same download.
  idempotency_key text,
  name text not null,
  state text not null check (state in ('queued', 'preparing', 'ready', 'failed', 'withdrawn', 'expired', 'cancelled')),
  -- What was asked for, as parsed (design 8), with node ids.
  request jsonb not null,
  entries bigint not null default 0,
  size bigint not null default 0,
  progress_done bigint not null default 0,
  progress_total bigint not null default 0,
  skipped jsonb not null default '[]',
  failure text,
  manifest_sha256 bytea references blobs,
  -- The access epoch at which every entry was last found to be still allowed.
  checked_epoch bigint not null default 0,
  withdrawn bigint not null default 0,
  created_at timestamptz not null,
  ready_at timestamptz,
  expires_at timestamptz not null,
  completed_at timestamptz
);
create unique index downloads_idempotency on downloads (share_link_id, visitor_id, idempotency_key) where idempotency_key is not null;
create index downloads_of_visitor on downloads (share_link_id, visitor_id, created_at desc);
create index downloads_expiring on downloads (expires_at) where state in ('queued', 'preparing', 'ready');
create index downloads_by_manifest on downloads (manifest_sha256) where manifest_sha256 is not null;

create table download_parts (
  download_id text not null references downloads on delete cascade,
  -- 1, 2, 3 …
  number integer not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  -- Strong, with its quotes.
  etag text not null,
  -- A plain file instead of an archive: its blob.
  blob_sha256 bytea references blobs,
  -- Where the part lies in the manifest, as packages/zip has it; null for a plain file.
  layout jsonb,
  bytes_sent bigint not null default 0,
  primary key (download_id, number)
);
create index download_parts_by_blob on download_parts (blob_sha256) where blob_sha256 is not null;

-- Facts about the installation: one row a name.
create table settings (
  name text primary key,
  value jsonb not null
);
