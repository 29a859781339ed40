-- The schema after all migrations. Made by `npm run schema`; not read by the program.

CREATE OR REPLACE FUNCTION public.note_moved_contents()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update share_link_contents set has_moved = true where node_id = new.id and not has_moved;
  return null;
end
$function$;

create table access_epoch (
  only_row boolean not null default true,
  epoch bigint not null,
  constraint access_epoch_pkey PRIMARY KEY (only_row),
  constraint access_epoch_only_row_check CHECK (only_row)
);

create table acl_entries (
  node_id uuid not null,
  position integer not null,
  principal_id uuid not null,
  effect text not null,
  privileges text[] not null,
  constraint acl_entries_pkey PRIMARY KEY (node_id, "position"),
  constraint acl_entries_effect_check CHECK ((effect = ANY (ARRAY['allow'::text, 'deny'::text]))),
  constraint acl_entries_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint acl_entries_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principals(id) ON DELETE CASCADE
);
CREATE INDEX acl_entries_by_principal ON public.acl_entries USING btree (principal_id);

create table app_passwords (
  id uuid not null,
  user_id uuid not null,
  name text not null,
  secret_sha256 bytea not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint app_passwords_pkey PRIMARY KEY (id),
  constraint app_passwords_secret_sha256_key UNIQUE (secret_sha256),
  constraint app_passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES principals(id) ON DELETE CASCADE
);
CREATE INDEX app_passwords_by_user ON public.app_passwords USING btree (user_id);

create table blobs (
  sha256 bytea not null,
  size bigint not null,
  crc32 bigint not null,
  media_type text not null,
  width integer,
  height integer,
  created_at timestamp with time zone not null,
  unreferenced_since timestamp with time zone,
  constraint blobs_pkey PRIMARY KEY (sha256),
  constraint blobs_crc32_check CHECK (((crc32 >= 0) AND (crc32 <= '4294967295'::bigint))),
  constraint blobs_sha256_check CHECK ((octet_length(sha256) = 32)),
  constraint blobs_size_check CHECK ((size >= 0))
);
CREATE INDEX blobs_unreferenced ON public.blobs USING btree (unreferenced_since) WHERE (unreferenced_since IS NOT NULL);

create table download_parts (
  download_id text not null,
  number integer not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  etag text not null,
  blob_sha256 bytea,
  layout jsonb,
  bytes_sent bigint not null default 0,
  constraint download_parts_pkey PRIMARY KEY (download_id, number),
  constraint download_parts_blob_sha256_fkey FOREIGN KEY (blob_sha256) REFERENCES blobs(sha256),
  constraint download_parts_download_id_fkey FOREIGN KEY (download_id) REFERENCES downloads(id) ON DELETE CASCADE
);
CREATE INDEX download_parts_by_blob ON public.download_parts USING btree (blob_sha256) WHERE (blob_sha256 IS NOT NULL);

create table downloads (
  id text not null,
  share_link_id uuid,
  generation integer,
  visitor_id text,
  idempotency_key text,
  name text not null,
  state text not null,
  request jsonb not null,
  entries bigint not null default 0,
  size bigint not null default 0,
  progress_done bigint not null default 0,
  progress_total bigint not null default 0,
  skipped jsonb not null default '[]'::jsonb,
  failure text,
  manifest_sha256 bytea,
  checked_epoch bigint not null default 0,
  withdrawn bigint not null default 0,
  created_at timestamp with time zone not null,
  ready_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  completed_at timestamp with time zone,
  member_id uuid,
  user_id uuid,
  constraint downloads_pkey PRIMARY KEY (id),
  constraint downloads_owner CHECK ((((user_id IS NULL) AND (share_link_id IS NOT NULL) AND (generation IS NOT NULL) AND (visitor_id IS NOT NULL)) OR ((user_id IS NOT NULL) AND (share_link_id IS NULL) AND (generation IS NULL) AND (visitor_id IS NULL) AND (member_id IS NULL)))),
  constraint downloads_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'preparing'::text, 'ready'::text, 'failed'::text, 'withdrawn'::text, 'expired'::text, 'cancelled'::text]))),
  constraint downloads_manifest_sha256_fkey FOREIGN KEY (manifest_sha256) REFERENCES blobs(sha256),
  constraint downloads_member_id_fkey FOREIGN KEY (member_id) REFERENCES principals(id),
  constraint downloads_share_link_id_fkey FOREIGN KEY (share_link_id) REFERENCES share_links(id) ON DELETE CASCADE,
  constraint downloads_user_id_fkey FOREIGN KEY (user_id) REFERENCES principals(id) ON DELETE CASCADE
);
CREATE INDEX downloads_by_manifest ON public.downloads USING btree (manifest_sha256) WHERE (manifest_sha256 IS NOT NULL);
CREATE INDEX downloads_expiring ON public.downloads USING btree (expires_at) WHERE (state = ANY (ARRAY['queued'::text, 'preparing'::text, 'ready'::text]));
CREATE UNIQUE INDEX downloads_idempotency ON public.downloads USING btree (share_link_id, visitor_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE UNIQUE INDEX downloads_idempotency_of_user ON public.downloads USING btree (user_id, idempotency_key) WHERE ((user_id IS NOT NULL) AND (idempotency_key IS NOT NULL));
CREATE INDEX downloads_of_user ON public.downloads USING btree (user_id, created_at DESC) WHERE (user_id IS NOT NULL);
CREATE INDEX downloads_of_visitor ON public.downloads USING btree (share_link_id, visitor_id, created_at DESC);

create table folder_tree (
  ancestor_id uuid not null,
  descendant_id uuid not null,
  depth integer not null,
  constraint folder_tree_pkey PRIMARY KEY (ancestor_id, descendant_id),
  constraint folder_tree_depth_check CHECK ((depth >= 0)),
  constraint folder_tree_ancestor_id_fkey FOREIGN KEY (ancestor_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint folder_tree_descendant_id_fkey FOREIGN KEY (descendant_id) REFERENCES nodes(id) ON DELETE CASCADE
);
CREATE INDEX folder_tree_up ON public.folder_tree USING btree (descendant_id, depth) INCLUDE (ancestor_id);

create table global_privileges (
  principal_id uuid not null,
  privilege text not null,
  constraint global_privileges_pkey PRIMARY KEY (principal_id, privilege),
  constraint global_privileges_privilege_check CHECK ((privilege = ANY (ARRAY['share-links/view-all'::text, 'people'::text, 'settings'::text, 'audit'::text]))),
  constraint global_privileges_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principals(id) ON DELETE CASCADE
);

create table group_members (
  group_id uuid not null,
  member_id uuid not null,
  constraint group_members_pkey PRIMARY KEY (group_id, member_id),
  constraint group_members_check CHECK ((group_id <> member_id)),
  constraint group_members_group_id_fkey FOREIGN KEY (group_id) REFERENCES principals(id) ON DELETE CASCADE,
  constraint group_members_member_id_fkey FOREIGN KEY (member_id) REFERENCES principals(id) ON DELETE CASCADE
);
CREATE INDEX group_members_by_member ON public.group_members USING btree (member_id);

create table imports (
  id uuid not null,
  folder_id uuid not null,
  source bytea not null,
  state text not null,
  files_total bigint,
  bytes_total bigint,
  files_done bigint not null default 0,
  bytes_done bigint not null default 0,
  report jsonb,
  failure text,
  started_by uuid not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint imports_pkey PRIMARY KEY (id),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint imports_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint imports_started_by_fkey FOREIGN KEY (started_by) REFERENCES principals(id)
);
CREATE INDEX imports_by_folder ON public.imports USING btree (folder_id);
CREATE INDEX imports_by_starter ON public.imports USING btree (started_by) WHERE (state = 'running'::text);
CREATE INDEX imports_running ON public.imports USING btree (folder_id) WHERE (state = 'running'::text);

create table migrations (
  number integer not null,
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (number)
);

create table nodes (
  id uuid not null,
  parent_id uuid,
  kind text not null,
  name text not null,
  sort_key text not null,
  source_name bytea,
  has_acl boolean not null default false,
  trashed_at timestamp with time zone,
  trashed_from uuid,
  trashed_by uuid,
  in_trash boolean not null default false,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  modified_at timestamp with time zone not null,
  version_id uuid,
  size bigint,
  media_type text,
  blob_sha256 bytea,
  removed_at timestamp with time zone,
  constraint nodes_pkey PRIMARY KEY (id),
  constraint nodes_check CHECK (((kind = 'folder'::text) = (size IS NULL))),
  constraint nodes_check1 CHECK (((kind = 'folder'::text) = (blob_sha256 IS NULL))),
  constraint nodes_kind_check CHECK ((kind = ANY (ARRAY['folder'::text, 'asset'::text]))),
  constraint nodes_blob_sha256_fkey FOREIGN KEY (blob_sha256) REFERENCES blobs(sha256),
  constraint nodes_created_by_fkey FOREIGN KEY (created_by) REFERENCES principals(id),
  constraint nodes_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES nodes(id)
);
CREATE INDEX nodes_by_blob ON public.nodes USING btree (blob_sha256) WHERE (blob_sha256 IS NOT NULL);
CREATE INDEX nodes_by_modified ON public.nodes USING btree (parent_id, kind DESC, modified_at) WHERE (NOT in_trash);
CREATE INDEX nodes_by_name ON public.nodes USING btree (parent_id, in_trash, kind DESC, sort_key, id);
CREATE INDEX nodes_by_size ON public.nodes USING btree (parent_id, size) WHERE ((NOT in_trash) AND (kind = 'asset'::text));
CREATE INDEX nodes_by_type ON public.nodes USING btree (parent_id, media_type, sort_key, id) WHERE ((NOT in_trash) AND (kind = 'asset'::text));
CREATE UNIQUE INDEX nodes_live_name ON public.nodes USING btree (parent_id, name) WHERE (trashed_at IS NULL);
CREATE INDEX nodes_removed ON public.nodes USING btree (removed_at) WHERE (removed_at IS NOT NULL);
CREATE INDEX nodes_trashed ON public.nodes USING btree (trashed_at, id) WHERE (trashed_at IS NOT NULL);
CREATE INDEX nodes_trashed_in ON public.nodes USING btree (parent_id, trashed_by) WHERE (trashed_at IS NOT NULL);
CREATE INDEX nodes_with_acl ON public.nodes USING btree (parent_id) WHERE has_acl;
CREATE TRIGGER nodes_moved AFTER UPDATE OF parent_id ON public.nodes FOR EACH ROW WHEN ((old.parent_id IS DISTINCT FROM new.parent_id)) EXECUTE FUNCTION note_moved_contents();

create table notices (
  id uuid not null,
  principal_id uuid not null,
  kind text not null,
  facts jsonb not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principals(id) ON DELETE CASCADE
);
CREATE INDEX notices_of ON public.notices USING btree (principal_id, created_at DESC);

create table operation_nodes (
  operation_id uuid not null,
  position bigint not null,
  node_id uuid not null,
  state text not null default 'waiting'::text,
  takes_back jsonb,
  effect jsonb,
  failure_code text,
  failure text,
  name text,
  constraint operation_nodes_pkey PRIMARY KEY (operation_id, "position"),
  constraint operation_nodes_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'skipped'::text, 'failed'::text]))),
  constraint operation_nodes_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operations(id) ON DELETE CASCADE
);
CREATE INDEX operation_nodes_by_node ON public.operation_nodes USING btree (operation_id, node_id);
CREATE INDEX operation_nodes_failed ON public.operation_nodes USING btree (operation_id, "position") WHERE (state = 'failed'::text);
CREATE INDEX operation_nodes_waiting ON public.operation_nodes USING btree (operation_id, "position") WHERE (state = 'waiting'::text);

create table operations (
  id uuid not null,
  kind text not null,
  state text not null,
  started_by uuid not null,
  to_id uuid,
  conflict text not null,
  undo_of uuid,
  nodes_total bigint not null,
  nodes_done bigint not null default 0,
  nodes_failed bigint not null default 0,
  nodes_undoable bigint not null default 0,
  attempts integer not null default 0,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint operations_pkey PRIMARY KEY (id),
  constraint operations_undo_of_key UNIQUE (undo_of),
  constraint operations_conflict_check CHECK ((conflict = ANY (ARRAY['refuse'::text, 'keep-both'::text, 'skip'::text, 'version'::text]))),
  constraint operations_kind_check CHECK ((kind = ANY (ARRAY['move'::text, 'copy'::text, 'trash'::text, 'restore'::text, 'remove'::text]))),
  constraint operations_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint operations_started_by_fkey FOREIGN KEY (started_by) REFERENCES principals(id) ON DELETE CASCADE,
  constraint operations_undo_of_fkey FOREIGN KEY (undo_of) REFERENCES operations(id) ON DELETE CASCADE
);
CREATE INDEX operations_ended ON public.operations USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX operations_of ON public.operations USING btree (started_by, created_at DESC, id DESC);
CREATE INDEX operations_running ON public.operations USING btree (id) WHERE (state = 'running'::text);

create table principals (
  id uuid not null,
  kind text not null,
  name text not null,
  display_name text not null,
  email text,
  password_hash text,
  password_must_change boolean not null default false,
  disabled_at timestamp with time zone,
  is_built_in boolean not null default false,
  created_at timestamp with time zone not null,
  language text,
  theme text not null default 'system'::text,
  constraint principals_pkey PRIMARY KEY (id),
  constraint principals_name_key UNIQUE (name),
  constraint principals_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'group'::text]))),
  constraint principals_theme_check CHECK ((theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text])))
);
CREATE UNIQUE INDEX principals_folded_name ON public.principals USING btree (lower(name));

create table renditions (
  source_sha256 bytea not null,
  name text not null,
  state text not null,
  blob_sha256 bytea,
  media_type text,
  size bigint,
  width integer,
  height integer,
  failure_code text,
  failure text,
  attempts integer not null default 0,
  updated_at timestamp with time zone not null,
  constraint renditions_pkey PRIMARY KEY (source_sha256, name),
  constraint renditions_check CHECK (((state = 'ready'::text) = (blob_sha256 IS NOT NULL))),
  constraint renditions_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'ready'::text, 'failed'::text]))),
  constraint renditions_blob_sha256_fkey FOREIGN KEY (blob_sha256) REFERENCES blobs(sha256),
  constraint renditions_source_sha256_fkey FOREIGN KEY (source_sha256) REFERENCES blobs(sha256) ON DELETE CASCADE
);
CREATE INDEX renditions_by_blob ON public.renditions USING btree (blob_sha256) WHERE (blob_sha256 IS NOT NULL);
CREATE INDEX renditions_queued ON public.renditions USING btree (updated_at) WHERE (state = 'queued'::text);

create table sessions (
  token_sha256 bytea not null,
  id uuid not null,
  user_id uuid not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  user_agent text not null default ''::text,
  constraint sessions_pkey PRIMARY KEY (token_sha256),
  constraint sessions_id_key UNIQUE (id),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES principals(id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id);

create table settings (
  name text not null,
  value jsonb not null,
  constraint settings_pkey PRIMARY KEY (name)
);

create table share_link_contents (
  share_link_id uuid not null,
  node_id uuid not null,
  version_id uuid,
  has_moved boolean not null default false,
  constraint share_link_contents_pkey PRIMARY KEY (share_link_id, node_id),
  constraint share_link_contents_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint share_link_contents_share_link_id_fkey FOREIGN KEY (share_link_id) REFERENCES share_links(id) ON DELETE CASCADE,
  constraint share_link_contents_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id)
);
CREATE INDEX share_link_contents_by_node ON public.share_link_contents USING btree (node_id);
CREATE INDEX share_link_contents_by_version ON public.share_link_contents USING btree (version_id) WHERE (version_id IS NOT NULL);
CREATE INDEX share_link_contents_moved ON public.share_link_contents USING btree (share_link_id, node_id) WHERE has_moved;

create table share_link_targets (
  share_link_id uuid not null,
  node_id uuid not null,
  position integer not null,
  constraint share_link_targets_pkey PRIMARY KEY (share_link_id, node_id),
  constraint share_link_targets_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint share_link_targets_share_link_id_fkey FOREIGN KEY (share_link_id) REFERENCES share_links(id) ON DELETE CASCADE
);
CREATE INDEX share_link_targets_by_node ON public.share_link_targets USING btree (node_id);

create table share_links (
  id uuid not null,
  generation integer not null default 1,
  title text not null,
  creator_id uuid not null,
  holder_id uuid not null,
  audience text not null default 'anyone'::text,
  mode text not null default 'live'::text,
  allow_originals boolean not null,
  allow_renditions boolean not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  suspended_at timestamp with time zone,
  opens bigint not null default 0,
  frozen_at timestamp with time zone,
  constraint share_links_pkey PRIMARY KEY (id),
  constraint share_links_audience_check CHECK ((audience = ANY (ARRAY['anyone'::text, 'members'::text]))),
  constraint share_links_frozen_check CHECK (((mode = 'live'::text) = (frozen_at IS NULL))),
  constraint share_links_mode_check CHECK ((mode = ANY (ARRAY['live'::text, 'frozen'::text, 'versions'::text]))),
  constraint share_links_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES principals(id),
  constraint share_links_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES principals(id),
  constraint share_links_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES principals(id)
);
CREATE INDEX share_links_by_age ON public.share_links USING btree (created_at DESC, id DESC);
CREATE INDEX share_links_by_holder ON public.share_links USING btree (holder_id, created_at DESC, id DESC);
CREATE INDEX share_links_for_members ON public.share_links USING btree (created_at DESC, id DESC) WHERE ((audience = 'members'::text) AND (revoked_at IS NULL));

create table uploads (
  id uuid not null,
  user_id uuid not null,
  folder_id uuid not null,
  path text[] not null,
  conflict text not null,
  modified_at timestamp with time zone,
  expected_sha256 bytea,
  metadata text not null,
  size bigint not null,
  received bigint not null default 0,
  sha256 bytea,
  crc32 bigint,
  media_type text,
  node_id uuid,
  outcome text,
  failure_code text,
  failure text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint uploads_pkey PRIMARY KEY (id),
  constraint uploads_check CHECK (((received >= 0) AND (received <= size))),
  constraint uploads_check1 CHECK ((((sha256 IS NULL) = (crc32 IS NULL)) AND ((sha256 IS NULL) = (media_type IS NULL)))),
  constraint uploads_check2 CHECK (((node_id IS NULL) = (outcome IS NULL))),
  constraint uploads_check3 CHECK (((node_id IS NULL) OR (sha256 IS NOT NULL))),
  constraint uploads_conflict_check CHECK ((conflict = ANY (ARRAY['refuse'::text, 'version'::text, 'keep-both'::text]))),
  constraint uploads_expected_sha256_check CHECK ((octet_length(expected_sha256) = 32)),
  constraint uploads_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'version'::text, 'unchanged'::text]))),
  constraint uploads_path_check CHECK ((cardinality(path) >= 1)),
  constraint uploads_sha256_check CHECK ((octet_length(sha256) = 32)),
  constraint uploads_size_check CHECK ((size >= 0)),
  constraint uploads_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint uploads_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint uploads_user_id_fkey FOREIGN KEY (user_id) REFERENCES principals(id) ON DELETE CASCADE
);
CREATE INDEX uploads_by_blob ON public.uploads USING btree (sha256) WHERE ((sha256 IS NOT NULL) AND (node_id IS NULL));
CREATE INDEX uploads_by_folder ON public.uploads USING btree (folder_id);
CREATE INDEX uploads_by_node ON public.uploads USING btree (node_id) WHERE (node_id IS NOT NULL);
CREATE INDEX uploads_expiring ON public.uploads USING btree (expires_at);
CREATE INDEX uploads_of_user ON public.uploads USING btree (user_id, created_at DESC, id DESC) WHERE (node_id IS NULL);

create table versions (
  id uuid not null,
  asset_id uuid not null,
  number integer not null,
  blob_sha256 bytea not null,
  size bigint not null,
  media_type text not null,
  modified_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint versions_pkey PRIMARY KEY (id),
  constraint versions_asset_id_number_key UNIQUE (asset_id, number),
  constraint versions_number_check CHECK ((number >= 1)),
  constraint versions_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES nodes(id) ON DELETE CASCADE,
  constraint versions_blob_sha256_fkey FOREIGN KEY (blob_sha256) REFERENCES blobs(sha256),
  constraint versions_created_by_fkey FOREIGN KEY (created_by) REFERENCES principals(id)
);
CREATE INDEX versions_by_blob ON public.versions USING btree (blob_sha256);
