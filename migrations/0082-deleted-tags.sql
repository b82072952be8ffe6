-- A deleted tag keeps its bearers for as long as its deletion can be taken back; its name is free at once.
alter table member_tags add column deleted_at timestamptz;
drop index member_tags_by_name;
create unique index member_tags_by_name on member_tags (community_id, lower(name)) where deleted_at is null;
