-- What members write to the team, and what the team answers. Nobody else reads either.
create table hub_team_messages (
  community_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  member_id uuid not null,
  text text not null,
  made_at timestamptz not null,
  state text not null default 'new' check (state in ('new', 'answered', 'closed')),
  primary key (community_id, id),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_team_messages_by_state on hub_team_messages (community_id, state, id);
create index hub_team_messages_by_account on hub_team_messages (community_id, account_id, id);
select isolate_community('hub_team_messages');

create table hub_team_answers (
  community_id uuid not null,
  message_id uuid not null,
  id uuid not null,
  -- Who of the team wrote it; a key of the API has no person behind it.
  user_id uuid,
  text text not null,
  made_at timestamptz not null,
  primary key (community_id, message_id, id),
  foreign key (community_id, message_id) references hub_team_messages (community_id, id) on delete cascade
);
select isolate_community('hub_team_answers');
