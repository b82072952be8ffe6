-- Numbers of a day that no export of messages holds, brought as a table: how many members, how many were reached, how
-- many views. A space is known by its name; the whole community has none. The import that came last counts.
create table daily_numbers (
  community_id uuid not null,
  metric text not null check (metric in ('members', 'reach', 'views')),
  space_name text not null,
  day int not null,
  import_id uuid not null,
  value bigint not null check (value >= 0),
  primary key (community_id, metric, space_name, day, import_id)
);
select isolate_community('daily_numbers');
