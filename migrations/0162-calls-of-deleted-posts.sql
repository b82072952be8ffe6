-- The numbers of the groups that a deleted post called: when it comes back it calls those and no others.
-- Of posts that were deleted before this nobody knows; they come back without calling any.
alter table hub_posts add column called_groups int[] not null default '{}';
