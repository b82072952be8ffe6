-- Addresses that people want to sign in with from now on and have not confirmed yet, one for each person. Only a hash of
-- the link in the letter is kept.
create table email_changes (
  user_id uuid primary key references users (id) on delete cascade,
  token_hash bytea not null unique,
  email text not null check (email = lower(email)),
  -- Where it was asked for: that session stays when the others end.
  session_id uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null
);
