-- The last number given out in each community's log. The lock on this row makes commit order and number order the same.
create table log_heads (
  community_id uuid primary key references communities (id),
  seq bigint not null default 0
);
select isolate_community('log_heads');

create table facts (
  community_id uuid not null references communities (id),
  seq bigint not null,
  kind text not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  payload jsonb not null,
  primary key (community_id, seq)
);
select isolate_community('facts');

-- How far each consumer has read in each community.
create table cursors (
  community_id uuid not null references communities (id),
  consumer text not null,
  seq bigint not null,
  primary key (community_id, consumer)
);
select isolate_community('cursors');

-- Who may read a community for a consumer now. The fence grows with every new holder: work done under an older one
-- cannot be committed.
create table consumer_leases (
  community_id uuid not null references communities (id),
  consumer text not null,
  holder uuid not null,
  fence bigint not null,
  held_until timestamptz not null,
  primary key (community_id, consumer)
);
select isolate_community('consumer_leases');

-- Facts a consumer could not digest. It went on without them; a person decides.
create table parked_facts (
  community_id uuid not null references communities (id),
  consumer text not null,
  seq bigint not null,
  error text not null,
  attempts int not null default 1,
  parked_at timestamptz not null,
  settled_at timestamptz,
  primary key (community_id, consumer, seq)
);
select isolate_community('parked_facts');
