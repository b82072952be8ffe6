-- Small numbers in place of ids, so that a day's writing packs into a few kilobytes. Given once and kept for ever.
create table member_numbers (
  community_id uuid not null,
  member_id uuid not null,
  number int not null,
  primary key (community_id, member_id),
  unique (community_id, number)
);
select isolate_community('member_numbers');

create table space_numbers (
  community_id uuid not null,
  space_id uuid not null,
  number int not null check (number between 1 and 65535),
  primary key (community_id, space_id),
  unique (community_id, number)
);
select isolate_community('space_numbers');

-- A local day in packed columns; the layout of each is written in src/analytics/store/sheets.ts.
create table day_sheets (
  community_id uuid not null,
  day int not null,
  writing bytea not null,
  answering bytea not null,
  replying bytea not null,
  primary key (community_id, day)
);
-- Unpacking a compressed value costs more than reading it.
alter table day_sheets alter column writing set storage external;
alter table day_sheets alter column answering set storage external;
alter table day_sheets alter column replying set storage external;
select isolate_community('day_sheets');

-- The first message of each member in each space; space 0 stands for the whole community.
create table arrivals (
  community_id uuid not null,
  space int not null,
  member int not null,
  day int not null,
  message_id uuid not null,
  -- Seconds to the first answer by somebody else; missing when none came in time.
  answered_after int,
  primary key (community_id, space, member)
);
create index arrivals_by_day on arrivals (community_id, space, day);
select isolate_community('arrivals');

-- What is counted by day and space: languages, kinds of message, domains of links, reactions, joining and leaving.
create table day_counts (
  community_id uuid not null,
  day int not null,
  topic text not null check (topic in ('language', 'kind', 'domain', 'reaction', 'move')),
  space int not null,
  key text not null,
  count int not null,
  primary key (community_id, topic, day, space, key)
);
select isolate_community('day_counts');

-- The messages of each day and space that got most reactions or most replies.
create table notable_messages (
  community_id uuid not null,
  day int not null,
  topic text not null check (topic in ('reactions', 'replies')),
  message_id uuid not null,
  space int not null,
  member int not null,
  count int not null,
  primary key (community_id, topic, day, message_id)
);
select isolate_community('notable_messages');

-- The team and bots are few, and every audit asks who they are.
create index members_marked on members (community_id, id) where is_staff or is_bot;
