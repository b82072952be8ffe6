-- Links by which somebody without an account reads one audit. Of the secret in the address only a hash is kept.
create table audit_links (
  community_id uuid not null references communities (id),
  id uuid not null,
  secret_hash bytea not null,
  name text not null,
  query jsonb not null,
  shows_names boolean not null,
  password_hash text,
  created_by_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opened bigint not null default 0,
  opened_at timestamptz,
  primary key (community_id, id),
  unique (community_id, secret_hash)
);
select isolate_community('audit_links');
