-- Pictures of members: one of each width, found by whoever they show. A picture that is taken away is deleted at once.
create unique index hub_faces on hub_files (community_id, member_id, width) include (id) where purpose = 'avatar';
