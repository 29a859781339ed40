-- Uploads that come in pieces. Their bytes lie in the blob store, named by the upload's id, until they are whole.

create table uploads (
  id uuid primary key,
  user_id uuid not null references principals on delete cascade,
  -- The folder that it goes to, or below which its path begins.
  folder_id uuid not null references nodes on delete cascade,
  -- Names in NFC: the folders on the way, which are made when they are missing, and the asset's last.
  path text[] not null check (cardinality(path) >= 1),
  -- What is done when the name is taken.
  conflict text not null check (conflict in ('refuse', 'version', 'keep-both')),
  -- Of the content where it comes from; null: when the upload finishes.
  modified_at timestamptz,
  -- SHA-256 that the bytes must have; null: not told.
  expected_sha256 bytea check (octet_length(expected_sha256) = 32),
  -- Upload-Metadata as it was sent.
  metadata text not null,
  size bigint not null check (size >= 0),
  -- So many bytes are durable.
  received bigint not null default 0 check (received between 0 and size),
  -- What is known of the bytes, once all of them came. From then on the blob of this hash stays, until it is finished.
  sha256 bytea check (octet_length(sha256) = 32),
  crc32 bigint,
  media_type text,
  -- What became of it, when it is finished.
  node_id uuid references nodes on delete cascade,
  outcome text check (outcome in ('created', 'version', 'unchanged')),
  -- Code of the closed list, and a sentence: why all bytes are there and it is not finished.
  failure_code text,
  failure text,
  created_at timestamptz not null,
  -- Moves on as bytes come. A finished one is remembered as long, so that who missed the answer can ask.
  expires_at timestamptz not null,
  check ((sha256 is null) = (crc32 is null) and (sha256 is null) = (media_type is null)),
  check ((node_id is null) = (outcome is null)),
  check (node_id is null or sha256 is not null)
);
create index uploads_of_user on uploads (user_id, created_at desc, id desc) where node_id is null;
create index uploads_expiring on uploads (expires_at);
create index uploads_by_blob on uploads (sha256) where sha256 is not null and node_id is null;
create index uploads_by_folder on uploads (folder_id);
create index uploads_by_node on uploads (node_id) where node_id is not null;
