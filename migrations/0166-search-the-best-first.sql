-- Of the posts that hold the words only as many are looked up as are shown, best first; what stands in hub_search alone says
-- which are best. Narrowing is done before the newest are chosen, so that whoever searches long ago finds what is there.
drop function hub_search_found (uuid, tsquery, uuid[], int);

-- The newest posts of a community that hold the words, each with its score. Planned for the very words, because common ones
-- are cheaper looked for among the newest posts and rare ones in the index of words.
create function hub_search_weighed(here uuid, wanted tsquery, most int, writer uuid, since timestamptz, until timestamptz)
returns table (message_id uuid, score int)
language plpgsql stable set search_path from current set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
  select s.message_id, (ts_rank(s.words, wanted, 1) * 1000000)::int from (
    select h.message_id, h.words from hub_search h
    where h.words @@ wanted and h.community_id = here and (writer is null or h.member_id = writer)
      and (since is null or h.sent_at >= since) and (until is null or h.sent_at < until)
    order by h.sent_at desc limit most) s;
end
$$;

-- As above, of those posts alone that whoever asks may read and wants: for when the newest of all may hold none of them.
create function hub_search_weighed_within(here uuid, wanted tsquery, most int, writer uuid, since timestamptz,
  until timestamptz, boards uuid[], tag text, solved boolean)
returns table (message_id uuid, score int)
language plpgsql stable set search_path from current set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
  select s.message_id, (ts_rank(s.words, wanted, 1) * 1000000)::int from (
    select h.message_id, h.words from hub_search h
    join hub_posts p on p.community_id = h.community_id and p.message_id = h.message_id and p.deleted_at is null
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic and t.deleted_at is null
    where h.words @@ wanted and h.community_id = here and (writer is null or h.member_id = writer)
      and (since is null or h.sent_at >= since) and (until is null or h.sent_at < until)
      and t.board_id = any (boards) and (tag is null or tag = any (t.tags))
      and case solved when true then t.answer is not null
        when false then t.kind = 'question' and t.answer is null and t.closed_at is null else true end
    order by h.sent_at desc limit most) s;
end
$$;

-- The topics that answer, each by its best post, best first: so many below a place in that order. A discussion, and a
-- closed question, waits for no answer, so it is not unsolved. It runs as whoever calls: the owner of the tables, who names
-- the community by hand.
create function hub_search_best(here uuid, wanted tsquery, boards uuid[], most int, writer uuid, since timestamptz,
  until timestamptz, tag text, solved boolean, below_score int, below_id uuid, amount int)
returns table (message_id uuid, topic int, number int, score int)
language plpgsql stable rows 20 set search_path from current as $$
#variable_conflict use_column
declare
  ids uuid[];
  scores int[];
  told int[] := '{}';
  step int := 3 * amount;
  found record;
begin
  select array_agg(w.message_id order by w.score desc, w.message_id desc),
    array_agg(w.score order by w.score desc, w.message_id desc) into ids, scores
  from hub_search_weighed(here, wanted, most, writer, since, until) w;
  if cardinality(ids) >= most and (tag is not null or solved is not null or exists (
    select from hub_boards b where b.community_id = here and b.id <> all (boards))) then
    select array_agg(w.message_id order by w.score desc, w.message_id desc),
      array_agg(w.score order by w.score desc, w.message_id desc) into ids, scores
    from hub_search_weighed_within(here, wanted, most, writer, since, until, boards, tag, solved) w;
  end if;
  for past in 0 .. coalesce(cardinality(ids), 0) - 1 by step loop
    for found in
      select p.message_id, p.topic, p.number, w.score
      from unnest(ids[past + 1:past + step], scores[past + 1:past + step]) with ordinality w (message_id, score, n)
      join hub_posts p on p.community_id = here and p.message_id = w.message_id and p.deleted_at is null
      join hub_topics t on t.community_id = here and t.number = p.topic and t.deleted_at is null
      where t.board_id = any (boards) and (tag is null or tag = any (t.tags))
        and case solved when true then t.answer is not null
        when false then t.kind = 'question' and t.answer is null and t.closed_at is null else true end
      order by w.n
    loop
      continue when found.topic = any (told);
      told := told || found.topic;
      continue when (found.score, found.message_id) >= (below_score, below_id);
      message_id := found.message_id;
      topic := found.topic;
      number := found.number;
      score := found.score;
      return next;
      amount := amount - 1;
      if amount = 0 then
        return;
      end if;
    end loop;
  end loop;
end
$$;

-- New posts wait in a list that every search reads to its end. Of 4 MB, which is usual, that alone took a millisecond and a half.
alter index hub_search_words_of set (gin_pending_list_limit = 128);
