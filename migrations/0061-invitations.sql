-- Links by which people join a community's team. Only a hash of the link is kept; the link names its community, so that
-- it is found without looking through those of others.
create table invitations (
  community_id uuid not null references communities (id),
  id uuid not null,
  role text not null check (role in ('owner', 'admin', 'moderator', 'editor', 'analyst')),
  email text check (email = lower(email)),
  token_hash bytea not null,
  made_by uuid references users (id) on delete set null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid references users (id) on delete set null,
  revoked_at timestamptz,
  letter_id uuid,
  primary key (community_id, id),
  unique (community_id, token_hash)
);
select isolate_community('invitations');

-- Links by which a person sets a new password: asked for by themselves, or made for them by an owner of the installation.
create table reset_links (
  token_hash bytea primary key,
  user_id uuid not null references users (id) on delete cascade,
  made_at timestamptz not null,
  expires_at timestamptz not null
);
create index reset_links_by_user on reset_links (user_id);
