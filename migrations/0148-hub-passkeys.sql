-- Passkeys of members. Only the public half is kept; each works at the address it was made at and at no other.
create table hub_passkeys (
  community_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  -- How often its device says it was used; zero with devices that do not count.
  counter bigint not null,
  transports text[] not null,
  host text not null,
  name text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (community_id, id),
  unique (community_id, credential_id),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_passkeys_by_account on hub_passkeys (community_id, account_id);
select isolate_community('hub_passkeys');

-- What a browser was given to sign; each is taken once.
create table hub_passkey_challenges (
  community_id uuid not null references communities (id),
  id uuid not null,
  purpose text not null check (purpose in ('make', 'sign-in', 'join', 'prove')),
  -- Null while it is not known who will sign.
  account_id uuid,
  challenge text not null,
  expires_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_passkey_challenges_by_end on hub_passkey_challenges (expires_at);
select isolate_community('hub_passkey_challenges');

-- When whoever holds the session last proved who they are: by signing in, and later by password or passkey.
alter table hub_sessions add column proved_at timestamptz;
update hub_sessions set proved_at = made_at;
alter table hub_sessions alter column proved_at set not null;
