-- Derived from messages and rebuilt from them at any time: what each member did on each local day in each space.
-- No foreign keys: rows are replaced by whole days, and what they point to is checked where messages enter.
create table member_days (
  community_id uuid not null,
  member_id uuid not null,
  day int not null,
  space_id uuid not null,
  messages int not null,
  replies int not null,
  questions int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (community_id, member_id, day, space_id)
);
-- Rows come in order of days, so a few blocks hold a day, and this index costs next to nothing.
create index member_days_by_day on member_days using brin (day) with (pages_per_range = 32);
select isolate_community('member_days');

-- The sums of a member's days.
create table member_totals (
  community_id uuid not null,
  member_id uuid not null,
  messages int not null,
  active_days int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (community_id, member_id)
);
select isolate_community('member_totals');
