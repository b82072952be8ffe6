-- Who was erased keeps a row without a name, so that what they wrote still counts.
alter table members add column erased_at timestamptz;
create index members_erased on members (community_id, id) where erased_at is not null;

-- By keyed hashes alone it is known again who must not come back with the next import: accounts, user names and names.
create table erased_marks (
  community_id uuid not null references communities (id),
  kind text not null check (kind in ('account', 'username', 'name')),
  platform text not null,
  hash bytea not null,
  member_id uuid not null,
  primary key (community_id, kind, platform, hash)
);
select isolate_community('erased_marks');

-- The key of those hashes, sealed with the installation's secret: without it nobody can try out whom they stand for.
create table erasure_keys (
  community_id uuid primary key references communities (id),
  sealed text not null
);
select isolate_community('erasure_keys');

-- The erasures of people, done and under way. What the person was called is kept sealed until all of it is gone.
create table erasures (
  community_id uuid not null references communities (id),
  id uuid not null,
  member_id uuid not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  sealed text,
  resume jsonb not null,
  report jsonb not null,
  failure text,
  asked_by uuid,
  asked_at timestamptz not null,
  finished_at timestamptz,
  primary key (community_id, id)
);
create unique index erasures_by_member on erasures (community_id, member_id);
select isolate_community('erasures');
