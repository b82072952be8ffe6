import { m } from "#words";
import type { FactKind } from "#src/events.ts";

/** What happened, in a few words: a kind of fact without them does not compile. */
const facts: Readonly<Record<FactKind, () => string>> = {
  "history.imported": m.communities_fact_history_imported,
  "history.withdrawn": m.communities_fact_history_withdrawn,
  "member.marked": m.communities_fact_member_marked,
  "members.counted": m.communities_fact_members_counted,
  "members.seen": m.communities_fact_members_seen,
  "members.merged": m.communities_fact_members_merged,
  "members.unmerged": m.communities_fact_members_unmerged,
  "member.erased": m.communities_fact_member_erased,
  "members.tagged": m.communities_fact_members_tagged,
  "segment.changed": m.communities_fact_segment_changed,
  "community.zone-changed": m.communities_fact_community_zone_changed,
  "message.posted": m.communities_fact_message_posted,
  "message.accepted": m.communities_fact_message_accepted,
  "message.edited": m.communities_fact_message_edited,
  "message.deleted": m.communities_fact_message_deleted,
  "message.restored": m.communities_fact_message_restored,
  "reaction.added": m.communities_fact_reaction_added,
  "reaction.removed": m.communities_fact_reaction_removed,
  "reactions.counted": m.communities_fact_reactions_counted,
  "answer.accepted": m.communities_fact_answer_accepted,
  "answer.withdrawn": m.communities_fact_answer_withdrawn,
  "topic.announced": m.communities_fact_topic_announced,
  "team.messaged": m.communities_fact_team_messaged,
  "group.joined": m.communities_fact_group_joined,
  "group.left": m.communities_fact_group_left,
  "group.changed": m.communities_fact_group_changed,
  "member.joined": m.communities_fact_member_joined,
  "member.left": m.communities_fact_member_left,
  "member.removed": m.communities_fact_member_removed,
  "member.renamed": m.communities_fact_member_renamed,
};

const readers: Readonly<Record<string, () => string>> = {
  "members.presence": m.communities_reader_members_presence,
  "members.list": m.communities_reader_members_list,
  "analytics.sheets": m.communities_reader_analytics_sheets,
  "hub.names": m.communities_reader_hub_names,
  "hub.search": m.communities_reader_hub_search,
  "hub.notices": m.communities_reader_hub_notices,
  "hub.links": m.communities_reader_hub_links,
};

/** What a fact tells, in a few words; its technical name where it is of another version. */
export function factName(kind: string): string {
  const words: Readonly<Record<string, () => string>> = facts;
  return words[kind]?.() ?? kind;
}

/** What a part of Veche keeps up to date. */
export function readerName(consumer: string): string {
  return readers[consumer]?.() ?? consumer;
}

/** Why something could not be taken in, by the failure's name and code. PostgreSQL's codes begin with a digit. */
export function failureName(error: string): string {
  if (error.startsWith("AbsurdTime")) return m.communities_page_log_fail_time();
  if (/ [0-9][0-9A-Z]{4}$/.test(error)) return m.communities_page_log_fail_store();
  return m.communities_page_log_fail_read();
}
