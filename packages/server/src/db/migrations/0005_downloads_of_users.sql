-- A download belongs to a visitor of a share link, or to a user.

alter table downloads
  alter column share_link_id drop not null,
  alter column generation drop not null,
  alter column visitor_id drop not null,
  add column user_id uuid references principals on delete cascade,
  add constraint downloads_owner check (
    (user_id is null and share_link_id is not null and generation is not null and visitor_id is not null)
    or (user_id is not null and share_link_id is null and generation is null and visitor_id is null and member_id is null)
  );
create unique index downloads_idempotency_of_user on downloads (user_id, idempotency_key) where user_id is not null and idempotency_key is not null;
create index downloads_of_user on downloads (user_id, created_at desc) where user_id is not null;
