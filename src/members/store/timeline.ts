import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { startOfLocalDay } from "#src/base/clock.ts";
import { idAt } from "#src/base/ids.ts";
import { TIMELINE_TEXT } from "../model.ts";
import { partsOf } from "./parts.ts";

/** One message of a member as stored; `sentAt` in milliseconds since 1970 UTC. */
export interface Written {
  readonly id: string;
  readonly sentAt: number;
  readonly kind: string;
  readonly text: string;
  readonly isCut: boolean;
  readonly spaceId: string;
  readonly spaceName: string;
  readonly replyToMemberId: string | null;
  readonly replyToName: string | null;
  readonly reactions: number;
}

/** Which messages: of whom, before which message or local day, and how many. */
export interface TimelineAsk {
  readonly memberId: string;
  readonly timeZone: string;
  /** Messages older than the one with this id, which was written on local day `day`. */
  readonly before: { readonly id: string; readonly day: number } | undefined;
  readonly limit: number;
}

/** Days looked into at once: a day of a busy community is read whole, some 10 ms for 10,000 messages. */
const MOST_DAYS = 30;

/**
 * The newest local days on which the member wrote, just as many as hold the messages wanted. Messages have no index by
 * member; the days tell where to look.
 */
async function daysToRead(tx: Tx, community: CommunityId, ask: TimelineAsk): Promise<number[]> {
  const found = await sql<{ day: number; messages: number }>`
    select day, sum(messages) as messages from member_days
    where community_id = ${community} and member_id = ${ask.memberId} and day <= ${ask.before?.day ?? 2_147_483_647}
    group by day order by day desc limit ${MOST_DAYS}`.execute(tx);
  const days: number[] = [];
  // The first day of a later page may have been shown in part, so it does not count.
  let expected = ask.before === undefined ? 0 : -(found.rows[0]?.messages ?? 0);
  for (const { day, messages } of found.rows) {
    if (expected >= ask.limit) break;
    days.push(day);
    expected += messages;
  }
  return days;
}

/** The member's messages, newest first. Fewer than `limit` only when there are no older ones. */
export async function readTimeline(tx: Tx, community: CommunityId, ask: TimelineAsk): Promise<Written[]> {
  const days = await daysToRead(tx, community, ask);
  const last = days.at(-1);
  if (last === undefined) return [];
  const starts = days.map((day) => idAt(startOfLocalDay(day, ask.timeZone)));
  const ends = days.map((day) => idAt(startOfLocalDay(day + 1, ask.timeZone)));
  const found = await sql<Written>`
    select w.id, (extract(epoch from w.sent_at) * 1000)::float8 as "sentAt", w.kind, left(w.text, ${TIMELINE_TEXT}) as text,
      length(w.text) > ${TIMELINE_TEXT} as "isCut", w.space_id as "spaceId", coalesce(s.name, '') as "spaceName",
      r.id as "replyToMemberId", r.name as "replyToName",
      coalesce((select sum(count) from message_reactions c where c.community_id = ${community} and c.message_id = w.id), 0)
        as reactions
    from (
      select m.* from unnest(${starts}::uuid[], ${ends}::uuid[]) d (first, next) cross join lateral (
        select * from messages where community_id = ${community} and id >= d.first and id < d.next
          and id < ${ask.before?.id ?? "ffffffff-ffff-ffff-ffff-ffffffffffff"} and member_id in ${partsOf(community, ask.memberId)}
        order by id desc limit ${ask.limit}) m
      order by m.id desc limit ${ask.limit}
    ) w
    left join spaces s on s.community_id = ${community} and s.id = w.space_id
    left join member_parts a on a.community_id = ${community} and a.member_id = w.reply_to_member_id
    left join members r on r.community_id = ${community} and r.id = coalesce(a.person_id, w.reply_to_member_id)
    order by w.id desc`.execute(tx);
  const rest = { ...ask, before: { id: idAt(startOfLocalDay(last, ask.timeZone)), day: last - 1 } };
  const missing = ask.limit - found.rows.length;
  if (missing <= 0) return found.rows;
  return [...found.rows, ...(await readTimeline(tx, community, { ...rest, limit: missing }))];
}
