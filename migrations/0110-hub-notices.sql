-- What a member of the hub is told, one row for each thing it is about: what happens there again before it was read is
-- counted in the same row. Kept for a while and derived from the log, so it is no record of anything.
create table hub_notices (
  community_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('reply', 'answer', 'quote', 'mention', 'reaction', 'accepted', 'topic', 'announcement',
    'team')),
  -- The topic and the post it is about; 0 where it is about no topic, or about all posts of one.
  topic int not null,
  number int not null,
  -- How many posts or people it tells of, and the first and last post among them.
  count int not null,
  first int not null,
  last int not null,
  -- The member who did the latest of it.
  actor_id uuid,
  -- When the latest of it happened.
  at timestamptz not null,
  read_at timestamptz,
  -- Where it is told, as its reader had chosen when it was written.
  in_hub boolean not null,
  by_mail boolean not null,
  primary key (community_id, account_id, kind, topic, number),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_notices_by_time on hub_notices (community_id, account_id, at, kind, topic, number);
create index hub_notices_unread on hub_notices (community_id, account_id) where read_at is null;
create index hub_notices_by_topic on hub_notices (community_id, topic, number);
create index hub_notices_by_age on hub_notices (community_id, at);
select isolate_community('hub_notices');

-- Boards whose new topics a member wants to hear of.
create table hub_followed_boards (
  community_id uuid not null,
  board_id uuid not null,
  account_id uuid not null,
  primary key (community_id, board_id, account_id),
  foreign key (community_id, board_id) references hub_boards (community_id, id) on delete cascade,
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_followed_boards_by_account on hub_followed_boards (community_id, account_id);
select isolate_community('hub_followed_boards');

-- What a member wants to be told of, and where. Whoever never said anything has no row: see src/hub/notices/settings.ts.
create table hub_notice_settings (
  community_id uuid not null,
  account_id uuid not null,
  -- Kinds that are not told in the hub, by mail and on a device.
  hub_off text[] not null,
  mail_off text[] not null,
  push_off text[] not null,
  digest text not null check (digest in ('daily', 'weekly', 'off')),
  -- The hour of the member's clock at which a digest comes.
  hour int not null check (hour between 0 and 23),
  -- The hours from and to which nothing rings; equal where there are none.
  quiet_from int not null check (quiet_from between 0 and 23),
  quiet_to int not null check (quiet_to between 0 and 23),
  time_zone text not null,
  language text not null,
  -- When a digest is looked at next; null with digests off.
  next_at timestamptz,
  -- The letter that was sent last, and when; tells nothing once letters are forgotten.
  sent_at timestamptz,
  letter_id uuid,
  primary key (community_id, account_id),
  foreign key (community_id, account_id) references hub_accounts (community_id, id) on delete cascade
);
create index hub_notice_settings_due on hub_notice_settings (next_at) where next_at is not null;
create index hub_notice_settings_due_here on hub_notice_settings (community_id, next_at) where next_at is not null;
select isolate_community('hub_notice_settings');
