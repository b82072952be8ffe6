-- Where a person stands: 0 to 12 on the ladder of engagement, and the stage of their life in the community, numbered as
-- in src/members/standing/model.ts. Derived like the rest of a card.
alter table member_cards add column level smallint not null default 0, add column stage smallint not null default 0;
-- The local day as of which everybody stands where their card says.
alter table member_lists add column standing_day int;

drop index member_cards_by_last, member_cards_by_first, member_cards_by_messages, member_cards_by_name;
create index member_cards_by_last on member_cards (community_id, last_at, member_id)
  include (first_at, messages, is_staff, is_bot, level, stage);
create index member_cards_by_first on member_cards (community_id, first_at, member_id)
  include (last_at, messages, is_staff, is_bot, level, stage);
create index member_cards_by_messages on member_cards (community_id, messages, member_id)
  include (first_at, last_at, is_staff, is_bot, level, stage);
create index member_cards_by_name on member_cards (community_id, name_key, member_id)
  include (first_at, last_at, messages, is_staff, is_bot, level, stage);
-- For a rare stage or level, which the orders above would be gone through to the end for.
create index member_cards_by_standing on member_cards (community_id, stage, level, member_id) include (is_staff, is_bot);

-- Words the team puts on people.
create table member_tags (
  community_id uuid not null,
  id uuid not null,
  name text not null,
  made_at timestamptz not null,
  primary key (community_id, id)
);
create unique index member_tags_by_name on member_tags (community_id, lower(name));
select isolate_community('member_tags');

-- Under the member who bore it when it was put on, so that separating merged people gives each their own back.
create table tagged_members (
  community_id uuid not null,
  tag_id uuid not null,
  member_id uuid not null,
  tagged_at timestamptz not null,
  tagged_by uuid,
  tagged_by_name text not null,
  primary key (community_id, tag_id, member_id),
  foreign key (community_id, tag_id) references member_tags (community_id, id) on delete cascade
);
create index tagged_members_by_member on tagged_members (community_id, member_id);
select isolate_community('tagged_members');

-- What the team writes about people, for itself. A deleted note is kept, empty of nothing, until nobody can want it back.
create table member_notes (
  community_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  text text not null,
  written_at timestamptz not null,
  written_by uuid,
  written_by_name text not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (community_id, id)
);
create index member_notes_by_member on member_notes (community_id, member_id, written_at);
select isolate_community('member_notes');

-- A filter of the list under a name. Who answers it is kept in segment_members and follows what people do.
create table segments (
  community_id uuid not null,
  id uuid not null,
  name text not null,
  filter jsonb not null,
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  -- How many it holds; missing until it has been counted with the filter it has now.
  members int,
  counted_at timestamptz,
  deleted_at timestamptz,
  primary key (community_id, id)
);
create unique index segments_by_name on segments (community_id, lower(name)) where deleted_at is null;
select isolate_community('segments');

create table segment_members (
  community_id uuid not null,
  segment_id uuid not null,
  member_id uuid not null,
  primary key (community_id, segment_id, member_id)
);
select isolate_community('segment_members');
