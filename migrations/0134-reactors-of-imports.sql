-- Exports name those who gave a mark, too, mostly without saying when.
alter table message_reactors alter column reacted_at drop not null;
-- The imports that told of a mark, so that undoing one leaves what another told as well; zeros stand for the live feed.
alter table message_reactors add column told_by uuid[] not null default '{00000000-0000-0000-0000-000000000000}';
