-- An install that was filled from a backup is held until a person has decided what waited in it: another one may have
-- done that work since the backup was taken. At most one row.
create table install_hold (
  is_held boolean primary key default true check (is_held),
  taken_at timestamptz not null,
  held_since timestamptz not null
);

-- What waited when the backup was taken, and what is to become of it when the hold ends.
create table held_work (
  id uuid primary key,
  job text not null,
  content jsonb not null,
  key text,
  due_at timestamptz not null,
  decision text check (decision in ('go', 'drop')),
  decided_by uuid references users (id) on delete set null,
  decided_at timestamptz
);
