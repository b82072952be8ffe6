-- What a link on a line of its own leads to: asked for once for all posts that show it, kept for a while, failures too. Derived
-- from posts and from other sites; whatever is lost is asked for again.
create table hub_links (
  community_id uuid not null,
  -- SHA-256 of the address, which may be longer than a key.
  address_hash bytea not null,
  address text not null,
  state text not null check (state in ('waiting', 'found', 'nothing')),
  -- The hub's own topic that it leads to: its title is read where it stands.
  topic int,
  title text not null default '',
  about text not null default '',
  site text not null default '',
  -- When it is looked at next, and how often it was in vain since it answered last.
  due_at timestamptz not null,
  tries int not null default 0,
  primary key (community_id, address_hash)
);
create index hub_links_due on hub_links (due_at);
create index hub_links_by_topic on hub_links (community_id, topic) where topic is not null;
select isolate_community('hub_links');

create table hub_link_uses (
  community_id uuid not null,
  topic int not null,
  number int not null,
  place int not null,
  address_hash bytea not null,
  primary key (community_id, topic, number, place),
  foreign key (community_id, topic, number) references hub_posts (community_id, topic, number)
    on delete cascade on update cascade,
  foreign key (community_id, address_hash) references hub_links (community_id, address_hash) on delete cascade
);
create index hub_link_uses_by_link on hub_link_uses (community_id, address_hash);
select isolate_community('hub_link_uses');

-- Its author may take the previews away from a post, the team from all.
alter table hub_posts add column hides_links boolean not null default false;
alter table hubs add column shows_links boolean not null default true;

-- A topic that is shown as a link elsewhere is renamed, deleted or moved: what shows it is made anew.
create function touch_linking_pages() returns trigger language plpgsql as $$
begin
  if exists (select from hub_links l where l.community_id = new.community_id and l.topic = new.number) then
    update hubs set version = version + 1 where community_id = new.community_id;
  end if;
  return null;
end
$$;
create trigger hub_topics_linked after update of title, deleted_at, board_id on hub_topics for each row
  when (old.title is distinct from new.title or old.deleted_at is distinct from new.deleted_at
    or old.board_id is distinct from new.board_id) execute function touch_linking_pages();
