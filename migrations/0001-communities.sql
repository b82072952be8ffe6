-- Puts a table under the isolation of communities: in a transaction that has named its community, only that
-- community's rows exist; in one that has not, none do. The owner of the tables (batch writers) is not bound.
create function isolate_community(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format(
    'create policy community on %s using (community_id = nullif(current_setting(''veche.community'', true), '''')::uuid)',
    name);
end $$;

create table communities (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  language text not null check (language in ('en', 'ru')),
  time_zone text not null,
  created_at timestamptz not null
);
alter table communities enable row level security;
create policy community on communities using (id = nullif(current_setting('veche.community', true), '')::uuid);

-- A chat, channel, board or topic. The platform's own id makes it the same space in every export and in the live feed.
create table spaces (
  community_id uuid not null references communities (id),
  id uuid not null,
  platform text not null,
  external_id text not null,
  name text not null,
  kind text not null check (kind in ('chat', 'channel', 'board', 'topic')),
  parent_id uuid,
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, platform, external_id),
  foreign key (community_id, parent_id) references spaces (community_id, id)
);
select isolate_community('spaces');
