-- The people who run communities. One person may work in several, so these tables belong to no community.
create table users (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  language text check (language in ('en', 'ru')),
  theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  time_zone text,
  is_install_owner boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- One row for each way of proving who one is; later ways (passkeys, providers) get tables of their own.
create table passwords (
  user_id uuid primary key references users (id) on delete cascade,
  hash text not null,
  changed_at timestamptz not null
);

-- Only a hash of the cookie is kept: whoever reads this table cannot come in with it.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  token_hash bytea not null unique,
  user_agent text,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_by_user on sessions (user_id);

-- The one-time link that creates the first owner. Only a hash of it is kept.
create table start_links (
  token_hash bytea primary key,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table staff_roles (
  community_id uuid not null references communities (id),
  user_id uuid not null references users (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'moderator', 'editor', 'analyst')),
  given_at timestamptz not null,
  primary key (community_id, user_id)
);
create index staff_roles_by_user on staff_roles (user_id);
select isolate_community('staff_roles');

-- The key itself names its community, so that it is found without looking through those of others.
create table api_keys (
  community_id uuid not null references communities (id),
  id uuid not null,
  name text not null,
  role text not null check (role in ('owner', 'admin', 'moderator', 'editor', 'analyst')),
  secret_hash bytea not null,
  created_by uuid references users (id) on delete set null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (community_id, id),
  unique (community_id, secret_hash)
);
select isolate_community('api_keys');

-- What writes with an Idempotency-Key have answered, for a day.
create table request_keys (
  community_id uuid not null references communities (id),
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  answer jsonb,
  asked_at timestamptz not null,
  answered_at timestamptz,
  primary key (community_id, actor_id, key)
);
create index request_keys_by_age on request_keys (community_id, asked_at);
select isolate_community('request_keys');

-- The same for writes that belong to no community, such as making one.
create table install_request_keys (
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  answer jsonb,
  asked_at timestamptz not null,
  answered_at timestamptz,
  primary key (actor_id, key)
);
