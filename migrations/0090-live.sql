-- A way into a platform: a bot, a group's key, the hub. `sealed` is its token; `progress` is where the platform's own
-- queue was read up to.
create table connections (
  community_id uuid not null references communities (id),
  id uuid not null,
  platform text not null,
  -- The bot, group or site on the platform; one connection for each.
  external_id text not null,
  name text not null,
  is_on boolean not null default true,
  settings jsonb not null default '{}',
  sealed text,
  sealed_at timestamptz,
  progress jsonb,
  -- Rights that the platform withholds, by the names of capabilities.
  missing text[] not null default '{}',
  checked_at timestamptz,
  last_event_at timestamptz,
  -- The failure's name and code; never what a member wrote.
  failure text,
  failing_since timestamptz,
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, platform, external_id)
);
select isolate_community('connections');

-- What a connection delivered, so that the second delivery changes nothing.
create table receipts (
  community_id uuid not null,
  connection_id uuid not null,
  external_id text not null,
  message_id uuid,
  received_at timestamptz not null,
  primary key (community_id, connection_id, external_id),
  foreign key (community_id, connection_id) references connections (community_id, id)
);
select isolate_community('receipts');

-- When nothing was heard that the platform cannot tell any more.
create table connection_gaps (
  community_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at >= from_at),
  reason text not null,
  primary key (community_id, id),
  foreign key (community_id, connection_id) references connections (community_id, id)
);
create index connection_gaps_by_connection on connection_gaps (community_id, connection_id, until_at);
select isolate_community('connection_gaps');

-- Updates that could not be taken in, as they came. A person decides.
create table live_quarantine (
  community_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  raw bytea not null,
  -- Of the whole update; longer than `raw` when only its beginning was kept.
  size int not null,
  -- The failure's name and code.
  error text not null,
  attempts int not null default 1,
  received_at timestamptz not null,
  settled_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, connection_id) references connections (community_id, id)
);
select isolate_community('live_quarantine');

-- What a message said before it was changed.
create table message_versions (
  community_id uuid not null,
  message_id uuid not null,
  version int not null,
  member_id uuid not null,
  text text not null,
  details jsonb,
  written_at timestamptz not null,
  replaced_at timestamptz not null,
  primary key (community_id, message_id, version)
);
select isolate_community('message_versions');

-- Messages that were deleted, so that no import and no late delivery brings them back, and a mistake can be undone.
-- `content` holds the row with its reactions and links; null once nobody may see it any more.
create table deleted_messages (
  community_id uuid not null,
  id uuid not null,
  space_id uuid not null,
  member_id uuid not null,
  external_id text not null,
  sent_at timestamptz not null,
  deleted_at timestamptz not null,
  by_member_id uuid,
  content jsonb,
  primary key (community_id, id)
);
create index deleted_messages_by_external_id on deleted_messages (community_id, space_id, external_id);
select isolate_community('deleted_messages');

-- Who put which mark under a message, where the platform tells. `message_reactions` holds the totals.
create table message_reactors (
  community_id uuid not null,
  message_id uuid not null,
  emoji text not null,
  member_id uuid not null,
  reacted_at timestamptz not null,
  primary key (community_id, message_id, emoji, member_id)
);
create index message_reactors_by_member on message_reactors (community_id, member_id);
select isolate_community('message_reactors');
