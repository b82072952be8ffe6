-- By which platforms members may sign in, with the keys that the platform gave the community for it.
create table hub_sign_in_ways (
  community_id uuid not null references communities (id),
  way text not null check (way in ('telegram', 'discord', 'vk', 'telegram-app')),
  -- Not secret: it stands in the address to which people are sent.
  client_id text not null,
  sealed text not null,
  changed_at timestamptz not null,
  primary key (community_id, way)
);
select isolate_community('hub_sign_in_ways');
-- The same ways by name, so that no page has to ask for them: written in the same transaction.
alter table hubs add column ways text[] not null default '{}';

-- Whose account of a platform opens which account of the hub.
create table hub_identities (
  community_id uuid not null,
  platform text not null,
  external_id text not null,
  account_id uuid not null,
  -- What they are called there, shown to themselves alone.
  name text not null,
  made_at timestamptz not null,
  primary key (community_id, platform, external_id),
  unique (community_id, account_id, platform),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
select isolate_community('hub_identities');

-- Launches of the Mini App that were used: each signs somebody in once.
create table hub_used_launches (
  community_id uuid not null references communities (id),
  launch_hash bytea not null,
  expires_at timestamptz not null,
  primary key (community_id, launch_hash)
);
create index hub_used_launches_by_end on hub_used_launches (expires_at);
select isolate_community('hub_used_launches');
