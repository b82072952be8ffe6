-- Whoever leaves is gone for others at once: their picture is put away until they come back or are gone for good.
alter table hub_files drop constraint hub_files_purpose_check;
alter table hub_files add constraint hub_files_purpose_check check (purpose in ('post', 'avatar', 'away', 'logo'));
-- A post that went because its author left and wants what they wrote deleted: they alone can bring it back, within their
-- days. It stays marked when the days are over, so that no list of deletions offers it to anybody.
alter table hub_posts add column taken_along boolean not null default false;
create index hub_posts_taken_along on hub_posts (community_id, member_id) where taken_along;
update hub_posts p set taken_along = true
from hub_accounts a, deleted_messages d
where p.deleted_at is not null and not p.deleted_by_team and not p.as_team
  and a.community_id = p.community_id and a.member_id = p.member_id and a.left_at is not null and a.leaving is null
  and d.community_id = p.community_id and d.id = p.message_id and d.content is null;
