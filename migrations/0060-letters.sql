-- Letters on their way. What a letter says is sealed, because it may hold a link that lets somebody in, and is dropped
-- when the letter has gone out or has been given up.
create table letters (
  id uuid primary key,
  kind text not null,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  sealed text,
  tries int not null default 0,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  failure text
);
create index letters_by_age on letters (made_at);
