-- The community's logo: its files by their ids and the size of the one that stands on pages. Null: a bell stands there.
alter table hubs add column logo jsonb;
