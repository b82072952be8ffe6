-- Who did what in a community. Each entry carries the hash of the one before it, so that an edit, a cut, another order or
-- an entry slipped in shows; what was cut from the end shows against an anchor kept elsewhere.
create table trail (
  community_id uuid not null references communities (id),
  seq bigint not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'key', 'machine', 'nobody')),
  actor_id uuid,
  actor_role text,
  operation text not null,
  target text,
  details jsonb not null,
  request_id text,
  address text,
  previous bytea not null,
  hash bytea not null,
  primary key (community_id, seq)
);
create index trail_by_operation on trail (community_id, operation, seq);
create index trail_by_actor on trail (community_id, actor_id, seq);
create index trail_by_target on trail (community_id, target, seq);
select isolate_community('trail');

-- The last entry of each chain. The lock on this row puts entries in order.
create table trail_heads (
  community_id uuid primary key references communities (id),
  seq bigint not null,
  hash bytea not null
);
select isolate_community('trail_heads');

-- The same for what is done outside communities: signing in, making and deleting them.
create table install_trail (
  seq bigint primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'key', 'machine', 'nobody')),
  actor_id uuid,
  actor_role text,
  operation text not null,
  target text,
  details jsonb not null,
  request_id text,
  address text,
  previous bytea not null,
  hash bytea not null
);
create table install_trail_head (
  is_only boolean primary key default true check (is_only),
  seq bigint not null,
  hash bytea not null
);

-- Not even the owner of the tables changes an entry by mistake. A community that is erased takes its entries along:
-- whoever erases it names it in the same transaction.
create or replace function keep_trail() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'trail'
    and to_jsonb(old)->>'community_id' = current_setting('veche.erased_community', true) then
    return old;
  end if;
  raise exception 'the trail is only ever added to' using errcode = 'insufficient_privilege';
end $$;
create trigger kept before update or delete on trail for each row execute function keep_trail();
create trigger kept_whole before truncate on trail for each statement execute function keep_trail();
create trigger kept before update or delete on install_trail for each row execute function keep_trail();
create trigger kept_whole before truncate on install_trail for each statement execute function keep_trail();
