-- Who is on a platform, counted and gone through from the index alone: the accounts themselves lie all over the table.
create index identities_by_platform on identities (community_id, platform, member_id);
