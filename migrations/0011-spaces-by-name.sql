-- The list of a community's spaces, in the order in which people look for them.
create index spaces_by_name on spaces (community_id, lower(name), id);
