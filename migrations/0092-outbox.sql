-- What is to reach a platform. A row is written in the transaction of the decision behind it, and sent afterwards.
-- Of a target's rows of one priority the older one goes first. `fence` grows with every taking: whoever took a row
-- earlier cannot settle it any more.
create table outbox (
  community_id uuid not null,
  id uuid not null,
  -- Older rows have smaller ones; ids made in one millisecond do not say which was first.
  position bigint not null generated always as identity,
  connection_id uuid not null,
  -- What order holds for: a space, a person.
  target text not null,
  -- Smaller goes first: 0 moderation, 1 what one person waits for, 2 mass sends.
  priority smallint not null check (priority between 0 and 2),
  -- The same decision written twice is one row.
  key text not null,
  action jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'sending', 'sent', 'unknown', 'dead', 'dropped')),
  attempts int not null default 0,
  due_at timestamptz not null,
  fence bigint not null default 0,
  held_until timestamptz,
  -- What the platform calls it.
  external_id text,
  -- The failure's code; never what a member wrote.
  error text,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (community_id, id),
  unique (community_id, connection_id, key),
  foreign key (community_id, connection_id) references connections (community_id, id)
);
create index outbox_unfinished on outbox (community_id, connection_id, target, priority, position)
  where status in ('waiting', 'sending', 'unknown');
select isolate_community('outbox');
