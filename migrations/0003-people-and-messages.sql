-- A person.
create table members (
  community_id uuid not null references communities (id),
  id uuid not null,
  name text not null,
  is_staff boolean not null default false,
  is_bot boolean not null default false,
  created_at timestamptz not null,
  primary key (community_id, id)
);
select isolate_community('members');

-- A person's account on one platform.
create table identities (
  community_id uuid not null references communities (id),
  id uuid not null,
  member_id uuid not null,
  platform text not null,
  external_id text not null,
  name text not null,
  username text,
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, platform, external_id),
  foreign key (community_id, member_id) references members (community_id, id)
);
create index identities_by_member on identities (community_id, member_id);
select isolate_community('identities');

-- Messages carry no foreign keys: one intake writes them in large batches in the transaction that also makes their
-- space and their author, and a key check for each row would double the time of an import.
create table messages (
  community_id uuid not null,
  id uuid not null,
  space_id uuid not null,
  member_id uuid not null,
  external_id text not null,
  sent_at timestamptz not null,
  edited_at timestamptz,
  kind text not null,
  text text not null,
  language text,
  is_question boolean not null,
  reply_to_id uuid,
  reply_to_member_id uuid,
  forwarded_from text,
  import_id uuid,
  details jsonb,
  primary key (community_id, id)
) partition by range (id);
create index messages_by_external_id on messages (community_id, space_id, external_id);
select isolate_community('messages');

create table message_reactions (
  community_id uuid not null,
  message_id uuid not null,
  emoji text not null,
  count int not null check (count > 0),
  primary key (community_id, message_id, emoji)
);
select isolate_community('message_reactions');

create table message_links (
  community_id uuid not null,
  message_id uuid not null,
  position int not null,
  domain text not null,
  url text not null,
  primary key (community_id, message_id, position)
);
create index message_links_by_domain on message_links (community_id, domain, message_id);
select isolate_community('message_links');

-- Somebody came or went. `member_id` is missing where the source gives only a name.
create table member_moves (
  community_id uuid not null references communities (id),
  id uuid not null,
  space_id uuid not null,
  member_id uuid,
  name text not null,
  kind text not null check (kind in ('joined', 'left', 'removed')),
  happened_at timestamptz not null,
  import_id uuid,
  primary key (community_id, id)
);
select isolate_community('member_moves');
