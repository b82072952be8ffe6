create table imports (
  community_id uuid not null references communities (id),
  id uuid not null,
  format text not null,
  file_name text not null,
  file_path text not null,
  file_bytes bigint not null,
  options jsonb not null,
  status text not null check (status in ('waiting', 'running', 'cancelling', 'cancelled', 'failed', 'done')),
  read_bytes bigint not null default 0,
  resume jsonb,
  report jsonb not null default '{}',
  failure text,
  started_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  heartbeat_at timestamptz,
  primary key (community_id, id)
);
select isolate_community('imports');

-- What could not be taken in, kept as it came (its beginning, when it is long), with the place it came from.
create table quarantine (
  community_id uuid not null references communities (id),
  id uuid not null,
  source text not null,
  import_id uuid,
  position bigint not null,
  reason text not null,
  bytes bigint not null,
  raw bytea not null,
  quarantined_at timestamptz not null,
  primary key (community_id, id)
);
create index quarantine_by_import on quarantine (community_id, import_id, id);
select isolate_community('quarantine');
