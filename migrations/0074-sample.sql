-- A community of made-up people, to look round in: marked as such wherever it is shown, and removed in one click.
alter table communities add column is_sample boolean not null default false;
