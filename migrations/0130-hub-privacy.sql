-- Who sees what a member wrote gathered in one place: their posts themselves are seen wherever they stand.
alter table hub_accounts add column activity text not null default 'everyone' check (activity in ('everyone', 'members', 'nobody'));
-- Whether the list of members and the search for people name them.
alter table hub_accounts add column is_listed boolean not null default true;
-- Beginnings of names, in the order of code points, for a list that is read in pages.
create index hub_accounts_listed on hub_accounts (community_id, name_key collate "C") where left_at is null and is_listed;

-- Who may look through the list of members: nobody before the team has said so.
alter table hubs add column directory text not null default 'nobody' check (directory in ('nobody', 'members', 'everyone'));
