-- Wordings of consent: one purpose each, never changed, only followed by another version.
create table consent_texts (
  community_id uuid not null references communities (id),
  id uuid not null,
  purpose text not null,
  version int not null,
  text text not null,
  hash bytea not null,
  made_at timestamptz not null,
  made_by uuid,
  primary key (community_id, id),
  unique (community_id, purpose, version)
);
select isolate_community('consent_texts');

-- Who agreed to which wording, when and where, and when they took it back. Kept as proof, without a name.
create table consents (
  community_id uuid not null references communities (id),
  id uuid not null,
  member_id uuid not null,
  text_id uuid not null,
  given_at timestamptz not null,
  place text not null,
  recorded_by uuid,
  withdrawn_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, text_id) references consent_texts (community_id, id)
);
create index consents_by_member on consents (community_id, member_id, id);
create unique index consents_standing on consents (community_id, member_id, text_id) where withdrawn_at is null;
select isolate_community('consents');

-- What somebody asked about their data, and by which day of the community's zone an answer is due.
create table data_requests (
  community_id uuid not null references communities (id),
  id uuid not null,
  kind text not null check (kind in ('access', 'correction', 'erasure')),
  regime text not null check (regime in ('gdpr', '152-fz')),
  member_id uuid,
  asked_by text not null,
  details text not null,
  received_day int not null,
  due_day int not null,
  is_extended boolean not null default false,
  state text not null check (state in ('open', 'answered', 'refused')),
  answer text not null default '',
  made_at timestamptz not null,
  made_by uuid,
  answered_at timestamptz,
  answered_by uuid,
  primary key (community_id, id)
);
create index data_requests_open on data_requests (community_id, due_day, id) where state = 'open';
create index data_requests_by_member on data_requests (community_id, member_id);
select isolate_community('data_requests');

-- For how long each kind of data is kept. What has no row is kept for ever.
create table retention_rules (
  community_id uuid not null references communities (id),
  kind text not null check (kind in ('message-texts', 'broken-pieces', 'closed-requests')),
  days int not null check (days > 0),
  set_at timestamptz not null,
  set_by uuid,
  applied_at timestamptz,
  removed bigint not null default 0,
  primary key (community_id, kind)
);
select isolate_community('retention_rules');
