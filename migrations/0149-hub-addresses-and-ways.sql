-- Another address that a member wants to sign in with, until whoever reads it has said so. One wish for each account.
create table hub_email_changes (
  community_id uuid not null,
  account_id uuid not null,
  email text not null check (email = lower(email)),
  token_hash bytea not null,
  -- The one in which it was asked for: it goes on when all others end.
  session_id uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (community_id, account_id),
  unique (community_id, token_hash),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_email_changes_by_end on hub_email_changes (expires_at);
select isolate_community('hub_email_changes');

-- Two platforms more by which members may sign in.
alter table hub_sign_in_ways drop constraint hub_sign_in_ways_way_check;
alter table hub_sign_in_ways add constraint hub_sign_in_ways_way_check
  check (way in ('telegram', 'discord', 'vk', 'reddit', 'facebook', 'telegram-app'));
