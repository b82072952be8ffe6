-- What somebody decided: two members are one person. Messages keep the member they were written under for ever, and so
-- do accounts, so taking a decision back is exact.
create table member_merges (
  community_id uuid not null,
  id uuid not null,
  -- The person that became part of another, and that other.
  member_id uuid not null,
  into_id uuid not null,
  evidence jsonb,
  merged_at timestamptz not null,
  merged_by uuid,
  merged_by_name text not null,
  separated_at timestamptz,
  separated_by uuid,
  separated_by_name text,
  primary key (community_id, id)
);
create unique index member_merges_standing on member_merges (community_id, member_id) where separated_at is null;
create index member_merges_by_member on member_merges (community_id, member_id, merged_at);
create index member_merges_by_other on member_merges (community_id, into_id, merged_at);
select isolate_community('member_merges');

-- Which person a member is part of now. Only members of merged people have a row, the person itself among them (its
-- `into_id` is missing). Everything that is counted of people is counted by `person_id`.
create table member_parts (
  community_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  into_id uuid,
  -- The marks the member had alone, and what was decided about the person under this member since.
  own_staff boolean not null,
  own_bot boolean not null,
  decided_staff boolean,
  decided_bot boolean,
  primary key (community_id, member_id)
);
create index member_parts_by_person on member_parts (community_id, person_id, member_id);
select isolate_community('member_parts');
