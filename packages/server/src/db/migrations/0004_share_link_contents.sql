-- Share links whose contents were fixed at a moment, and links that only people with an account open.

alter table share_links
  drop constraint share_links_audience_check,
  drop constraint share_links_mode_check,
  -- anyone: whoever has the link. members: whoever has it and is signed in.
  add constraint share_links_audience_check check (audience in ('anyone', 'members')),
  add constraint share_links_mode_check check (mode in ('live', 'frozen', 'versions')),
  -- When its contents were fixed; null: they are not.
  add column frozen_at timestamptz,
  add constraint share_links_frozen_check check ((mode = 'live') = (frozen_at is null));
create index share_links_for_members on share_links (created_at desc, id desc)
  where audience = 'members' and revoked_at is null;

-- What a link that is not live can show: nothing else is ever in it. Rights and the trash still leave out of it.
create table share_link_contents (
  share_link_id uuid not null references share_links on delete cascade,
  node_id uuid not null references nodes on delete cascade,
  -- The version that is shown, of an asset of a link in mode 'versions'. It cannot be removed as long as it stands here.
  version_id uuid references versions,
  -- It was moved since: it may lie where its visitors would not come by.
  has_moved boolean not null default false,
  primary key (share_link_id, node_id)
);
create index share_link_contents_by_node on share_link_contents (node_id);
create index share_link_contents_by_version on share_link_contents (version_id) where version_id is not null;
create index share_link_contents_moved on share_link_contents (share_link_id, node_id) where has_moved;

-- Whatever moves a node: to find what has moved by comparing places takes half a second for a link of 100,000 assets.
create function note_moved_contents() returns trigger language plpgsql as $$
begin
  update share_link_contents set has_moved = true where node_id = new.id and not has_moved;
  return null;
end
$$;
create trigger nodes_moved after update of parent_id on nodes
  for each row when (old.parent_id is distinct from new.parent_id) execute function note_moved_contents();

alter table downloads
  -- Who queued it, when its link is for members: its parts are given as long as they are one.
  add column member_id uuid references principals;
