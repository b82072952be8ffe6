-- A topic whose posts went over to another one is found under its old address for ever.
alter table hub_topics add column merged_into int;

-- What belongs to a post goes along when it is moved to another topic.
alter table hub_bookmarks drop constraint hub_bookmarks_community_id_topic_number_fkey,
  add foreign key (community_id, topic, number) references hub_posts (community_id, topic, number)
    on delete cascade on update cascade;
alter table hub_reports drop constraint hub_reports_community_id_topic_number_fkey,
  add foreign key (community_id, topic, number) references hub_posts (community_id, topic, number)
    on delete cascade on update cascade;

-- Posts that a moderator moved together: a topic into another one, some posts into a new topic or into one that is there.
create table hub_moves (
  community_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('merge', 'split', 'move')),
  from_topic int not null,
  to_topic int not null,
  posts int not null,
  -- The accepted answer that the first topic lost by it: its number there.
  answer int,
  made_at timestamptz not null,
  undone_at timestamptz,
  primary key (community_id, id)
);
create index hub_moves_from on hub_moves (community_id, from_topic, id);
create index hub_moves_to on hub_moves (community_id, to_topic, id);
select isolate_community('hub_moves');

-- Where a post stood before: a number is never given twice, so an old address leads to wherever its post stands now.
create table hub_former_places (
  community_id uuid not null,
  topic int not null,
  number int not null,
  message_id uuid not null,
  -- Missing where undoing a move has left a gap.
  move_id uuid,
  primary key (community_id, topic, number)
);
create index hub_former_places_of_move on hub_former_places (community_id, move_id) where move_id is not null;
select isolate_community('hub_former_places');

-- Where a post stands changes without a word being written: a search reads it from the post.
drop function hub_search_matches (tsquery, uuid[], int);
alter table hub_search drop column topic, drop column number;

-- As before: the posts of the community that the transaction has named and of no other.
create function hub_search_matches(wanted tsquery, boards uuid[], most int)
returns table (message_id uuid, topic int, number int, member_id uuid, tags text[], is_solved boolean,
  sent_at timestamptz, score int)
language sql stable security definer set search_path from current as $$
  select s.message_id, s.topic, s.number, s.member_id, s.tags, s.is_solved, s.sent_at,
    (ts_rank(s.words, wanted, 1) * 1000000)::int
  from (
    select h.*, p.topic, p.number, t.tags, t.answer is not null as is_solved from hub_search h
    join hub_posts p on p.community_id = h.community_id and p.message_id = h.message_id
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic
    where h.words @@ wanted and h.community_id = nullif(current_setting('veche.community', true), '')::uuid
      and t.deleted_at is null and t.board_id = any (boards) and p.deleted_at is null
    order by h.sent_at desc limit most) s
$$;
