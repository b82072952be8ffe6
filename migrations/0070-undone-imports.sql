-- What several imports brought alike. A message is stored under the import that brought it first; every other that
-- brought it too has a row here, so that undoing one of them leaves what the others brought. Where what an import told
-- of a message differs from what is stored, it is kept whole: then the import that brought it first has a row as well.
create table import_overlaps (
  community_id uuid not null,
  -- A message, or a coming or going.
  item_id uuid not null,
  -- Zeros stand for the live feed.
  import_id uuid not null,
  edition jsonb,
  primary key (community_id, item_id, import_id)
);
select isolate_community('import_overlaps');

-- An import from before there were overlaps cannot be undone: nobody knows what else brought its messages.
alter table imports add column is_traced boolean not null default false;
alter table imports alter column is_traced set default true;
alter table imports drop constraint imports_status_check;
alter table imports add constraint imports_status_check check (status in
  ('waiting', 'running', 'cancelling', 'cancelled', 'failed', 'done', 'withdrawing', 'withdrawn'));
