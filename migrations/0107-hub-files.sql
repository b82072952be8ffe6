-- What members add to their posts: pictures without metadata, and files. The bytes lie beside, in pieces.
create table hub_files (
  community_id uuid not null,
  id uuid not null,
  -- Whoever brought it; null for the community's own logo.
  member_id uuid,
  purpose text not null check (purpose in ('post', 'avatar', 'logo')),
  name text not null,
  type text not null check (type in ('jpeg', 'png', 'gif', 'webp', 'file')),
  size int not null,
  -- Pixels as a browser shows it; null for files.
  width int,
  height int,
  made_at timestamptz not null,
  -- Since when no post, profile or hub shows it; null while one does.
  unused_since timestamptz,
  primary key (community_id, id),
  check (purpose = 'logo' or member_id is not null)
);
create index hub_files_by_member on hub_files (community_id, member_id) include (size);
create index hub_files_unused on hub_files (unused_since) where unused_since is not null;
select isolate_community('hub_files');

create table hub_file_pieces (
  community_id uuid not null,
  file_id uuid not null,
  number int not null,
  bytes bytea not null,
  primary key (community_id, file_id, number),
  foreign key (community_id, file_id) references hub_files (community_id, id) on delete cascade
);
-- Pictures and archives are packed already.
alter table hub_file_pieces alter column bytes set storage external;
select isolate_community('hub_file_pieces');

-- The posts in which their author shows a file: whoever may read one of them may open it.
create table hub_file_uses (
  community_id uuid not null,
  file_id uuid not null,
  topic int not null,
  number int not null,
  primary key (community_id, file_id, topic, number),
  foreign key (community_id, file_id) references hub_files (community_id, id) on delete cascade,
  foreign key (community_id, topic, number) references hub_posts (community_id, topic, number)
    on delete cascade on update cascade
);
create index hub_file_uses_by_post on hub_file_uses (community_id, topic, number);
select isolate_community('hub_file_uses');
