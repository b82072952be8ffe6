-- A few thousand people of one stage or level are sorted by any order from the entries of this index alone.
drop index member_cards_by_standing;
create index member_cards_by_standing on member_cards (community_id, stage, level, member_id)
  include (first_at, last_at, messages, is_staff, is_bot);
