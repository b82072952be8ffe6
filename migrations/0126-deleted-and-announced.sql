-- Who deleted a post and, where the team deleted what is not its own, why: its author reads it.
alter table hub_posts add column deleted_by uuid, add column deletion_reason text not null default '';
create index hub_posts_deleted on hub_posts (community_id, deleted_at, topic, number) where deleted_at is not null;

-- Pinned to the top of every list, not of its board alone; announced on the first page until then.
alter table hub_topics add column pinned_everywhere boolean not null default false, add column announced_until timestamptz;
create index hub_topics_pinned on hub_topics (community_id, board_id) where pinned_at is not null;
create index hub_topics_announced on hub_topics (community_id, announced_until) where announced_until is not null;
