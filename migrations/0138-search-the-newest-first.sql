-- A word that many posts hold is looked for among the newest posts first, until enough of them hold it; a rare one in the
-- index of words. Which of the two is cheaper PostgreSQL knows from how often it saw the word, when it plans for that word.
create index hub_search_newest on hub_search (community_id, sent_at desc);

drop function hub_search_matches (tsquery, uuid[], int);

-- The posts of a community that answer, the newest of them. It runs as whoever calls: the owner of the tables, who names the
-- community by hand; everybody else sees no other than their own.
create function hub_search_found(here uuid, wanted tsquery, boards uuid[], most int)
returns table (message_id uuid, topic int, number int, member_id uuid, tags text[], is_solved boolean,
  sent_at timestamptz, score int)
language plpgsql stable set search_path from current set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
  select s.message_id, s.topic, s.number, s.member_id, s.tags, s.is_solved, s.sent_at,
    (ts_rank(s.words, wanted, 1) * 1000000)::int
  from (
    select h.*, p.topic, p.number, t.tags, t.answer is not null as is_solved from hub_search h
    join hub_posts p on p.community_id = h.community_id and p.message_id = h.message_id
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic
    where h.words @@ wanted and h.community_id = here
      and t.deleted_at is null and t.board_id = any (boards) and p.deleted_at is null
    order by h.sent_at desc limit most) s;
end
$$;
