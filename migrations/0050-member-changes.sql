-- Whose card no longer shows what is counted of them. The counting notes them, the list takes them out.
create table member_changes (
  community_id uuid not null,
  member_id uuid not null,
  primary key (community_id, member_id)
);
select isolate_community('member_changes');

-- A hash of the names that a card was folded from, so that only who is called otherwise by now is folded again.
alter table member_cards add column names_hash bigint;
