-- Somebody who wants to join and has yet to open the letter: no member, no account, no fact before they do.
create table hub_sign_ups (
  community_id uuid not null,
  -- In lower case. Asked again, the later wish takes the place of the earlier one, whose letter opens nothing any more.
  email text not null,
  token_hash bytea not null,
  name text not null,
  password_hash text not null,
  -- Of the invitation that is used up when they come in.
  invitation_hash bytea,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (community_id, email),
  unique (community_id, token_hash)
);
create index hub_sign_ups_by_end on hub_sign_ups (expires_at);
select isolate_community('hub_sign_ups');

-- What the link in a letter is for: to sign in, or to set another password.
alter table hub_sign_links add column purpose text not null default 'sign-in' check (purpose in ('sign-in', 'password'));
alter table hub_sign_links alter column purpose drop default;

-- Members see where they are signed in: each session has an id that may be shown, and says what kind of browser it is.
alter table hub_sessions add column id uuid not null default gen_random_uuid();
alter table hub_sessions alter column id drop default;
alter table hub_sessions add column seen_at timestamptz;
update hub_sessions set seen_at = made_at;
alter table hub_sessions alter column seen_at set not null;
alter table hub_sessions add column device text not null default '';
alter table hub_sessions alter column device drop default;
alter table hub_sessions add constraint hub_sessions_by_id unique (community_id, id);
