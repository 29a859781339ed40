-- Listings in any order, by an index each (decision 10). Folders have neither size nor type.

-- In the trash or not: who removes a node has its children looked for among all.
drop index nodes_by_name;
create index nodes_by_name on nodes (parent_id, in_trash, kind desc, sort_key, id);
create index nodes_by_modified on nodes (parent_id, kind desc, modified_at) where not in_trash;
create index nodes_by_size on nodes (parent_id, size) where not in_trash and kind = 'asset';
create index nodes_by_type on nodes (parent_id, media_type, sort_key, id) where not in_trash and kind = 'asset';

-- When a node in the trash was given up for good: nobody restores it any more, a job deletes it and all below it.
alter table nodes add column removed_at timestamptz;
create index nodes_removed on nodes (removed_at) where removed_at is not null;
create index nodes_trashed_in on nodes (parent_id, trashed_by) where trashed_at is not null;
create index imports_by_folder on imports (folder_id);
create index imports_by_starter on imports (started_by) where state = 'running';

-- Operations on many nodes: moved, copied, trashed, restored, removed, one after another.
create table operations (
  id uuid primary key,
  kind text not null check (kind in ('move', 'copy', 'trash', 'restore', 'remove')),
  -- failed: none of its nodes could be done, or it broke off on our side.
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  started_by uuid not null references principals on delete cascade,
  -- The folder where things go, for those that need one. It may be gone by the time.
  to_id uuid,
  -- What happens where a name is taken.
  conflict text not null check (conflict in ('refuse', 'keep-both', 'skip', 'version')),
  -- The operation that this one takes back.
  undo_of uuid unique references operations on delete cascade,
  nodes_total bigint not null,
  nodes_done bigint not null default 0,
  nodes_failed bigint not null default 0,
  -- Nodes that can be put back.
  nodes_undoable bigint not null default 0,
  -- How often it was begun since a node was last done.
  attempts integer not null default 0,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index operations_of on operations (started_by, created_at desc, id desc);
create index operations_running on operations (id) where state = 'running';
create index operations_ended on operations (ended_at) where ended_at is not null;

-- What an operation does to each of its nodes. A row is written in the transaction that does it.
create table operation_nodes (
  operation_id uuid not null references operations on delete cascade,
  -- Depth in the tree times 10^9, and a running number: folders come before what lies in them.
  position bigint not null,
  -- Need not exist, or no longer.
  node_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped', 'failed')),
  -- What the operation that this one takes back did to the node.
  takes_back jsonb,
  -- What was done, as far as it can be taken back.
  effect jsonb,
  -- Code of the closed list and a sentence, when failed; the name, where whoever began it may know it.
  failure_code text,
  failure text,
  name text,
  primary key (operation_id, position)
);
create index operation_nodes_waiting on operation_nodes (operation_id, position) where state = 'waiting';
create index operation_nodes_failed on operation_nodes (operation_id, position) where state = 'failed';
create index operation_nodes_by_node on operation_nodes (operation_id, node_id);
