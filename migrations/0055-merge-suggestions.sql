-- Two people who may be one, found by comparing everybody with everybody; a person decides. The two are kept as the
-- persons they were when they were found, the smaller id first.
create table member_suggestions (
  community_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  other_id uuid not null,
  score double precision not null,
  reasons jsonb not null,
  found_at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by uuid,
  dismissed_by_name text,
  primary key (community_id, id),
  unique (community_id, member_id, other_id)
);
create index member_suggestions_by_score on member_suggestions (community_id, score, id) where dismissed_at is null;
create index member_suggestions_by_other on member_suggestions (community_id, other_id);
select isolate_community('member_suggestions');

-- The last search for such people in each community, and how far it is.
create table suggestion_searches (
  community_id uuid primary key,
  status text not null check (status in ('waiting', 'running', 'cancelling', 'cancelled', 'failed', 'done')),
  stage text not null check (stage in ('reading', 'comparing', 'writing')),
  share double precision not null,
  accounts int not null,
  found int not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  heartbeat_at timestamptz,
  finished_at timestamptz,
  -- The last time a search came to its end.
  complete_at timestamptz
);
select isolate_community('suggestion_searches');
