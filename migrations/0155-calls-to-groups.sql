-- A group can be called in a post by its handle, as a member is by their name.
alter table hub_groups
  -- As it is typed behind the @, and the key under which it is taken.
  add column handle text,
  add column handle_key text,
  -- Who may call it besides the team.
  add column callers text not null default 'members' check (callers in ('team', 'members', 'everyone'));
update hub_groups g set handle = made.handle, handle_key = replace(lower(made.handle), 'ё', 'е')
from (
  select community_id, id, base || case when row_number() over same > 1 then '-' || number else '' end as handle
  from (select community_id, id, number, coalesce(nullif(
      trim('-' from left(trim('-' from regexp_replace(name, '[^[:alnum:]_]+', '-', 'g')), 30)), ''), 'group-' || number) as base
    from hub_groups) named
  window same as (partition by community_id, replace(lower(base), 'ё', 'е') order by number)
) made where g.community_id = made.community_id and g.id = made.id;
alter table hub_groups alter column handle set not null, alter column handle_key set not null;
create unique index hub_groups_by_handle on hub_groups (community_id, handle_key) where deleted_at is null;

alter table hub_notices drop constraint hub_notices_kind_check;
alter table hub_notices add constraint hub_notices_kind_check check (kind in ('reply', 'answer', 'quote', 'mention', 'call',
  'reaction', 'accepted', 'topic', 'announcement', 'team', 'group'));
