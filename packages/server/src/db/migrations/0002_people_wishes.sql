-- How somebody wants pages to be: it follows them from one browser to the next.
alter table principals
  -- Null: as the browser asks for.
  add column language text,
  add column theme text not null default 'system' check (theme in ('system', 'light', 'dark'));
