-- What the team ticked by hand on the way to an open community; 'put-away' is kept here too, when nobody wants the list any more.
create table hub_launch_ticks (
  community_id uuid not null,
  step text not null,
  ticked_at timestamptz not null,
  by_name text not null,
  primary key (community_id, step)
);
select isolate_community('hub_launch_ticks');
