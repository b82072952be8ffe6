-- The community's own site. A board is a space, an account is an identity, a post is a message: here stands what those do not know.
create table hubs (
  community_id uuid primary key references communities (id),
  is_open boolean not null,
  reading text not null check (reading in ('everyone', 'members')),
  joining text not null check (joining in ('everyone', 'invited', 'nobody')),
  about text not null,
  rules text not null,
  -- Counts the topics ever made: the last number given to one.
  topics int not null default 0,
  -- Grows with whatever changes how every page of the hub looks; kept pages of an older version are not shown.
  version bigint not null default 1,
  changed_at timestamptz not null
);
select isolate_community('hubs');

create table hub_boards (
  community_id uuid not null,
  id uuid not null,
  -- Stands in addresses and stays what it is.
  key text not null,
  about text not null,
  access text not null check (access in ('everyone', 'members', 'tag')),
  -- Only people with this tag of the team's, when access is 'tag'.
  tag_id uuid,
  position int not null,
  archived_at timestamptz,
  primary key (community_id, id),
  unique (community_id, key),
  foreign key (community_id, id) references spaces (community_id, id)
);
select isolate_community('hub_boards');

-- Somebody who can sign in to the hub: a member, or one of the team, who signs in elsewhere (user_id).
create table hub_accounts (
  community_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  user_id uuid,
  -- The name in lower case: nobody takes that of another.
  name_key text not null,
  email text check (email = lower(email)),
  password_hash text,
  about text not null default '',
  rules_accepted_at timestamptz,
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (community_id, id),
  unique (community_id, name_key),
  unique (community_id, email),
  unique (community_id, user_id)
);
create index hub_accounts_by_member on hub_accounts (community_id, member_id);
select isolate_community('hub_accounts');

-- Only a hash of the cookie is kept.
create table hub_sessions (
  community_id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (community_id, token_hash),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_sessions_by_account on hub_sessions (community_id, account_id);
select isolate_community('hub_sessions');

-- A link in a letter by which a member signs in, once.
create table hub_sign_links (
  community_id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  expires_at timestamptz not null,
  primary key (community_id, token_hash),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
select isolate_community('hub_sign_links');

create table hub_invitations (
  community_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  note text not null,
  uses int not null,
  used int not null default 0,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (community_id, id),
  unique (community_id, token_hash)
);
select isolate_community('hub_invitations');

create table hub_topics (
  community_id uuid not null,
  number int not null,
  board_id uuid not null,
  kind text not null check (kind in ('question', 'discussion')),
  title text not null,
  tags text[] not null,
  member_id uuid not null,
  made_at timestamptz not null,
  last_at timestamptz not null,
  last_member_id uuid not null,
  -- The last number given to a post, and how many stand.
  last_post int not null,
  posts int not null,
  answer int,
  closed_at timestamptz,
  pinned_at timestamptz,
  deleted_at timestamptz,
  -- Grows with every change of the topic or of a post in it.
  version int not null default 1,
  primary key (community_id, number),
  foreign key (community_id, board_id) references hub_boards (community_id, id)
);
create index hub_topics_by_board on hub_topics (community_id, board_id, last_at, number) where deleted_at is null;
create index hub_topics_by_last on hub_topics (community_id, last_at, number) where deleted_at is null;
create index hub_topics_unanswered on hub_topics (community_id, last_at, number)
  where deleted_at is null and kind = 'question' and answer is null;
create index hub_topics_by_member on hub_topics (community_id, member_id, made_at);
select isolate_community('hub_topics');

-- The text stands in messages; this is how it looks, made when it was written.
create table hub_posts (
  community_id uuid not null,
  topic int not null,
  number int not null,
  message_id uuid not null,
  member_id uuid not null,
  as_team boolean not null,
  html text not null,
  sent_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  deleted_by_team boolean not null default false,
  version int not null default 1,
  primary key (community_id, topic, number),
  unique (community_id, message_id),
  foreign key (community_id, topic) references hub_topics (community_id, number)
);
create index hub_posts_by_member on hub_posts (community_id, member_id, sent_at);
create index hub_posts_by_time on hub_posts (community_id, sent_at);
select isolate_community('hub_posts');

-- How far somebody has read a topic, and whether they want to hear of it.
create table hub_topic_marks (
  community_id uuid not null,
  account_id uuid not null,
  topic int not null,
  read_to int not null default 0,
  following text not null default 'none' check (following in ('none', 'follow', 'mute')),
  primary key (community_id, account_id, topic),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade,
  foreign key (community_id, topic) references hub_topics (community_id, number) on delete cascade
);
create index hub_topic_marks_followed on hub_topic_marks (community_id, topic) where following = 'follow';
select isolate_community('hub_topic_marks');

create table hub_bookmarks (
  community_id uuid not null,
  account_id uuid not null,
  topic int not null,
  number int not null,
  made_at timestamptz not null,
  primary key (community_id, account_id, topic, number),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade,
  foreign key (community_id, topic, number) references hub_posts (community_id, topic, number) on delete cascade
);
select isolate_community('hub_bookmarks');

create table hub_reports (
  community_id uuid not null,
  id uuid not null,
  topic int not null,
  number int not null,
  account_id uuid not null,
  reason text not null,
  made_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  primary key (community_id, id),
  unique (community_id, topic, number, account_id),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade,
  foreign key (community_id, topic, number) references hub_posts (community_id, topic, number) on delete cascade
);
create index hub_reports_open on hub_reports (community_id, made_at, id) where settled_at is null;
select isolate_community('hub_reports');
