-- Circles of members, for whom boards can be closed. Who belongs is said by hand, asked for and approved, or follows from a
-- tag or a segment of the team's.
create table hub_groups (
  community_id uuid not null,
  id uuid not null,
  -- Counts the groups of a community from 1; stands in addresses and is never given twice.
  number int not null,
  name text not null,
  about text not null,
  -- Members may ask to belong: such a group is known to all of them, any other to its own people alone.
  takes_requests boolean not null,
  -- Its people see who else belongs.
  shows_people boolean not null,
  -- Whoever bears the tag, or is in the segment, belongs as well; at most one of the two.
  tag_id uuid,
  segment_id uuid,
  made_at timestamptz not null,
  deleted_at timestamptz,
  primary key (community_id, id),
  unique (community_id, number),
  check (tag_id is null or segment_id is null)
);
create unique index hub_groups_by_name on hub_groups (community_id, lower(name)) where deleted_at is null;
select isolate_community('hub_groups');

-- Who belongs by hand or by their wish, and of those who belong by the rule who was told of in the log: the rule itself says
-- who may enter, at once.
create table hub_group_members (
  community_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  came_by text not null check (came_by in ('hand', 'request', 'rule')),
  came_at timestamptz not null,
  primary key (community_id, group_id, member_id),
  foreign key (community_id, group_id) references hub_groups (community_id, id) on delete cascade
);
create index hub_group_members_by_member on hub_group_members (community_id, member_id);
select isolate_community('hub_group_members');

-- Wishes to belong, and what was decided.
create table hub_group_requests (
  community_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  account_id uuid not null,
  text text not null,
  made_at timestamptz not null,
  state text not null check (state in ('waiting', 'approved', 'declined', 'withdrawn')),
  -- What the team told the member.
  reason text not null default '',
  settled_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, group_id) references hub_groups (community_id, id) on delete cascade,
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create unique index hub_group_requests_waiting on hub_group_requests (community_id, group_id, account_id)
  where state = 'waiting';
create index hub_group_requests_by_account on hub_group_requests (community_id, account_id, group_id, id);
select isolate_community('hub_group_requests');

-- For whom a board is, when its access is 'groups'.
create table hub_board_groups (
  community_id uuid not null,
  board_id uuid not null,
  group_id uuid not null,
  primary key (community_id, board_id, group_id),
  foreign key (community_id, board_id) references hub_boards (community_id, id) on delete cascade,
  foreign key (community_id, group_id) references hub_groups (community_id, id) on delete cascade
);
create index hub_board_groups_by_group on hub_board_groups (community_id, group_id);
select isolate_community('hub_board_groups');

-- Boards for the people of a tag are for a group that follows that tag from now on.
insert into hub_groups (community_id, id, number, name, about, takes_requests, shows_people, tag_id, made_at)
select b.community_id, gen_random_uuid(), row_number() over (partition by b.community_id order by b.tag_id),
  coalesce(t.name, 'Group') || case when t.deleted_at is null and t.id is not null then '' else ' ' || left(b.tag_id::text, 8) end,
  '', false, false, b.tag_id, now()
from (select distinct community_id, tag_id from hub_boards where access = 'tag' and tag_id is not null) b
left join member_tags t on t.community_id = b.community_id and t.id = b.tag_id;
insert into hub_board_groups (community_id, board_id, group_id)
select b.community_id, b.id, g.id from hub_boards b
join hub_groups g on g.community_id = b.community_id and g.tag_id = b.tag_id where b.access = 'tag';
alter table hub_boards drop constraint hub_boards_access_check;
update hub_boards set access = 'groups' where access = 'tag';
alter table hub_boards add constraint hub_boards_access_check check (access in ('everyone', 'members', 'groups'));
alter table hub_boards drop column tag_id;

alter table hub_notices drop constraint hub_notices_kind_check;
alter table hub_notices add constraint hub_notices_kind_check check (kind in ('reply', 'answer', 'quote', 'mention', 'reaction',
  'accepted', 'topic', 'announcement', 'team', 'group'));
