-- A platform that is asked for too much says how long it wants nothing at all from us.
alter table connections add column paused_until timestamptz;

-- Every community has a hub of its own, from its first day.
insert into connections (community_id, id, platform, external_id, name, created_at)
select c.id, gen_random_uuid(), 'hub', 'hub', c.name, now() from communities c
on conflict (community_id, platform, external_id) do nothing;

-- The list of what goes out, the latest first, and the few of it that are not over.
create index outbox_by_position on outbox (community_id, position);
create index outbox_open on outbox (community_id, position) where status in ('waiting', 'sending', 'unknown', 'dead');
-- What a person drops after a restore is named by its id alone.
create index outbox_before_sending on outbox (id) where status in ('waiting', 'sending');
