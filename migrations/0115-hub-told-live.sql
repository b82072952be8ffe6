-- Whatever changes a topic or a hub is told on commit to every process, so that open pages follow it. Whoever writes need not
-- think of it: a version that grows is told. Only a number goes out; whoever hears asks what he may see.
create function tell_hub_topic() returns trigger language plpgsql as $$
begin
  perform pg_notify('veche_changed', new.community_id || case
    when tg_op = 'INSERT' then ' hub:new:'
    when new.last_post <> old.last_post then ' hub:post:'
    else ' hub:topic:' end || new.number);
  return null;
end
$$;
create trigger hub_topics_told after insert or update of version on hub_topics
  for each row execute function tell_hub_topic();

create function tell_hub() returns trigger language plpgsql as $$
begin
  perform pg_notify('veche_changed', new.community_id || ' hub:all');
  return null;
end
$$;
create trigger hubs_told after update of version on hubs for each row execute function tell_hub();
