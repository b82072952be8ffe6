-- What proves who somebody is beside the password. The secret of a code app is sealed, backup codes are kept as hashes,
-- of a passkey there is only the public half.
create table totp_secrets (
  user_id uuid primary key references users (id) on delete cascade,
  sealed text not null,
  made_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint
);

create table backup_codes (
  user_id uuid not null references users (id) on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_by_user on passkeys (user_id);

-- What a browser was given to sign; each is taken once.
create table passkey_challenges (
  id uuid primary key,
  purpose text not null check (purpose in ('make', 'sign-in', 'second', 'prove')),
  user_id uuid references users (id) on delete cascade,
  challenge text not null,
  expires_at timestamptz not null
);
create index passkey_challenges_by_age on passkey_challenges (expires_at);

-- Sign-ins whose password was right and whose second factor is still awaited.
create table half_sign_ins (
  token_hash bytea primary key,
  user_id uuid not null references users (id) on delete cascade,
  expires_at timestamptz not null
);
create index half_sign_ins_by_user on half_sign_ins (user_id);

-- When whoever holds the session last proved who they are.
alter table sessions add column proved_at timestamptz;
