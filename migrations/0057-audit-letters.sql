-- Letters with the figures of each week or month: when they go out, and to whom.
create table audit_letters (
  community_id uuid not null references communities (id),
  id uuid not null,
  every text not null check (every in ('week', 'month')),
  -- Of a week: Monday is 0. Of a month: 1 to 28.
  day int not null,
  hour int not null check (hour between 0 and 23),
  time_zone text not null,
  language text not null check (language in ('en', 'ru')),
  spaces uuid[] not null,
  shows_names boolean not null,
  paused boolean not null,
  created_by_name text not null,
  created_at timestamptz not null,
  next_at timestamptz not null,
  sent_at timestamptz,
  failure text,
  failed_at timestamptz,
  primary key (community_id, id)
);
create index audit_letters_due on audit_letters (next_at) where not paused;
select isolate_community('audit_letters');

create table audit_letter_readers (
  community_id uuid not null references communities (id),
  id uuid not null,
  letter_id uuid not null,
  email text not null,
  stopped_at timestamptz,
  -- The last letter to this reader, in `letters`, where it can be looked up for a while.
  post_id uuid,
  primary key (community_id, id),
  unique (community_id, letter_id, email),
  foreign key (community_id, letter_id) references audit_letters (community_id, id) on delete cascade
);
select isolate_community('audit_letter_readers');
