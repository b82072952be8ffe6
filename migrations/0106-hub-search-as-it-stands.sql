-- Where a topic stands, what it is tagged with and whether it is solved changes without a word being written: a search
-- reads it from the topic. Deleted topics and posts are found by nobody from that moment on.
drop function hub_search_matches (tsquery, uuid[], int);
alter table hub_search drop column board_id, drop column tags, drop column is_solved;

-- As before: the posts of the community that the transaction has named and of no other.
create function hub_search_matches(wanted tsquery, boards uuid[], most int)
returns table (message_id uuid, topic int, number int, member_id uuid, tags text[], is_solved boolean,
  sent_at timestamptz, score int)
language sql stable security definer set search_path from current as $$
  select s.message_id, s.topic, s.number, s.member_id, s.tags, s.is_solved, s.sent_at,
    (ts_rank(s.words, wanted, 1) * 1000000)::int
  from (
    select h.*, t.tags, t.answer is not null as is_solved from hub_search h
    join hub_topics t on t.community_id = h.community_id and t.number = h.topic
    join hub_posts p on p.community_id = h.community_id and p.topic = h.topic and p.number = h.number
    where h.words @@ wanted and h.community_id = nullif(current_setting('veche.community', true), '')::uuid
      and t.deleted_at is null and t.board_id = any (boards) and p.deleted_at is null
    order by h.sent_at desc limit most) s
$$;
