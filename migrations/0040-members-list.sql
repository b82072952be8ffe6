-- What the list of members is searched, narrowed and ordered by: one row a person, derived from members, identities,
-- moves and totals, and renewed whenever those have changed.
create table member_cards (
  community_id uuid not null,
  member_id uuid not null,
  name text not null,
  -- What names are ordered by, and every word a search may begin with, each after a space.
  name_key text collate "C" not null,
  words text collate "C" not null,
  is_staff boolean not null,
  is_bot boolean not null,
  platforms text[] not null,
  messages int not null,
  active_days int not null,
  -- First message or arrival, whichever came first; last message, or 1970 for those who have never written.
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (community_id, member_id)
);
-- Each order carries what filters ask, so that a card that does not fit is passed over without being read.
create index member_cards_by_last on member_cards (community_id, last_at, member_id)
  include (first_at, messages, is_staff, is_bot);
create index member_cards_by_first on member_cards (community_id, first_at, member_id)
  include (last_at, messages, is_staff, is_bot);
create index member_cards_by_messages on member_cards (community_id, messages, member_id)
  include (first_at, last_at, is_staff, is_bot);
create index member_cards_by_name on member_cards (community_id, name_key, member_id)
  include (first_at, last_at, messages, is_staff, is_bot);
create index member_cards_staff on member_cards (community_id, member_id) where is_staff;
create index member_cards_bots on member_cards (community_id, member_id) where is_bot;
select isolate_community('member_cards');

-- A search asks for the beginnings of words. Ranges of a plain tree serve that under row-level security, which a
-- trigram index cannot: `like` may look at rows before their policy does, so PostgreSQL keeps it out of the index.
create table member_words (
  community_id uuid not null,
  word text collate "C" not null,
  member_id uuid not null,
  primary key (community_id, word, member_id)
);
select isolate_community('member_words');

-- Who wrote in which space.
create table member_spaces (
  community_id uuid not null,
  space_id uuid not null,
  member_id uuid not null,
  messages int not null,
  primary key (community_id, space_id, member_id)
);
select isolate_community('member_spaces');

-- Who answered whom how often, by months of UTC counted from January of year 0.
create table member_answers (
  community_id uuid not null,
  month int not null,
  member_id uuid not null,
  answered_id uuid not null,
  answers int not null,
  primary key (community_id, month, member_id, answered_id)
);
create index member_answers_by_member on member_answers (community_id, member_id);
create index member_answers_by_answered on member_answers (community_id, answered_id);
select isolate_community('member_answers');

-- How many people the list holds and when it was renewed.
create table member_lists (
  community_id uuid primary key,
  members int not null,
  renewed_at timestamptz not null
);
select isolate_community('member_lists');

create index member_moves_by_member on member_moves (community_id, member_id, happened_at);
