-- By what push services know this install (RFC 8292): made once, when the first member looks at their devices.
create table push_keys (
  id uuid primary key,
  is_only boolean not null unique default true check (is_only),
  public_key text not null,
  sealed text not null,
  made_at timestamptz not null
);

-- A browser of a member that shows what they are told, also while no page is open. Where it is reached, and the keys with which
-- that is encrypted, are sealed.
create table hub_push_devices (
  community_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  -- Signing out there ends it. Null for the team, who sign in elsewhere.
  session_id uuid,
  -- Of the address at the push service, which is secret: one browser is one device.
  endpoint_hash bytea not null,
  sealed text not null,
  name text not null,
  made_at timestamptz not null,
  -- When the push service took something last, and why it did not since.
  told_at timestamptz,
  failure text,
  primary key (community_id, id),
  unique (community_id, endpoint_hash),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade,
  foreign key (community_id, session_id) references hub_sessions (community_id, id) on delete cascade
);
create index hub_push_devices_by_account on hub_push_devices (community_id, account_id);
create index hub_push_devices_by_session on hub_push_devices (community_id, session_id);
select isolate_community('hub_push_devices');

-- Up to which happening (see `at`) a notice went to its reader's devices; null before the first.
alter table hub_notices add column pushed_at timestamptz;
