-- Every post of the hub as search reads it: stems of its words, and what a search narrows by. Made from the posts, and made
-- anew from them when the index is rebuilt.
create table hub_search (
  community_id uuid not null,
  message_id uuid not null,
  topic int not null,
  number int not null,
  board_id uuid not null,
  member_id uuid not null,
  tags text[] not null,
  is_solved boolean not null,
  sent_at timestamptz not null,
  words tsvector not null,
  primary key (community_id, message_id)
);
create index hub_search_words_of on hub_search using gin (words);
create index hub_search_by_topic on hub_search (community_id, topic);
select isolate_community('hub_search');

-- Every stem that some post holds.
create table hub_vocabulary (
  community_id uuid not null,
  word text collate "C" not null,
  primary key (community_id, word)
);
select isolate_community('hub_vocabulary');

-- The same stems with one letter left out, each way: where two such forms meet, two words differ by one slip of a finger.
create table hub_slips (
  community_id uuid not null,
  form text collate "C" not null,
  word text collate "C" not null,
  primary key (community_id, form, word),
  foreign key (community_id, word) references hub_vocabulary (community_id, word) on delete cascade
);
create index hub_slips_by_word on hub_slips (community_id, word);
select isolate_community('hub_slips');

-- The posts that answer a search, of the community that the transaction has named and of no other. It runs as the owner of
-- the tables: under row-level security a text search could not use its index, because PostgreSQL applies a policy before any
-- operator that is not known to leak nothing. Of very many matches the newest `most` are weighed.
create function hub_search_matches(wanted tsquery, boards uuid[], most int)
returns table (message_id uuid, topic int, number int, board_id uuid, member_id uuid, tags text[], is_solved boolean,
  sent_at timestamptz, score int)
language sql stable security definer set search_path from current as $$
  select s.message_id, s.topic, s.number, s.board_id, s.member_id, s.tags, s.is_solved, s.sent_at,
    (ts_rank(s.words, wanted, 1) * 1000000)::int
  from (
    select * from hub_search h
    where h.words @@ wanted and h.community_id = nullif(current_setting('veche.community', true), '')::uuid
      and h.board_id = any (boards)
    order by h.sent_at desc limit most) s
$$;
