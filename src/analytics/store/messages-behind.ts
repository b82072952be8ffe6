import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt, timeOfId } from "#src/base/ids.ts";
import { partsOf, personOfMember } from "#src/members/store/parts.ts";
import { ANSWER_DAYS } from "../metrics/sheet.ts";
import type { MessageBehind, MessagesBehind, Segment } from "../model.ts";
import { looksOf, type Stretches } from "./looks.ts";
import type { Days } from "./sheets.ts";

/** Which messages are wanted: those behind a number of an audit of these days, spaces and segment. */
export interface MessagesWanted extends Days {
  readonly behind: MessagesBehind;
  readonly timeZone: string;
  /** Ids of the chosen spaces; none: all. */
  readonly spaceIds: readonly string[];
  readonly segment: Segment;
  /** Members whose messages alone count, where the segment cannot be told by SQL. */
  readonly memberIds?: readonly string[];
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: { readonly id: string; readonly count: number };
}

const DAY = 86_400_000;
/** How much of a text a list shows. */
const SHOWN = 400;

const yes = sql<boolean>`true`;

/** Questions that somebody else, no bot, replied to: found by one look at the replies of the stretch and the week after. */
function answered(community: CommunityId, [first, end]: Stretches[number]): RawBuilder<unknown> {
  return sql`(select q.id from messages q
    join messages r on r.community_id = q.community_id and r.reply_to_id = q.id
    left join member_parts asked_as on asked_as.community_id = r.community_id and asked_as.member_id = r.reply_to_member_id
    left join member_parts answers_as on answers_as.community_id = r.community_id and answers_as.member_id = r.member_id
    where q.community_id = ${community} and q.id >= ${first} and q.id < ${end} and q.is_question
      and r.community_id = ${community} and r.id >= ${first} and r.id < ${idAt(timeOfId(end) + ANSWER_DAYS * DAY)}
      and r.reply_to_id >= ${first} and r.reply_to_id < ${end}
      and coalesce(answers_as.person_id, r.member_id) <> coalesce(asked_as.person_id, r.reply_to_member_id)
      and r.sent_at <= q.sent_at + make_interval(days => ${ANSWER_DAYS})
      and r.member_id not in (select id from members where community_id = ${community} and is_bot))`;
}

function arrived(community: CommunityId, wanted: MessagesWanted): RawBuilder<boolean> {
  const { from, to, spaceIds, behind } = wanted;
  const unanswered = behind.kind === "unanswered-newcomers" ? sql`and a.answered_after is null` : sql``;
  const place =
    spaceIds.length === 0
      ? sql`a.space = 0`
      : sql`a.space = (select number from space_numbers n where n.community_id = ${community} and n.space_id = m.space_id)`;
  return sql`exists (select from arrivals a join member_numbers p on p.community_id = a.community_id and p.number = a.member
    where a.community_id = ${community} and p.member_id = ${personOfMember(community, "m.member_id")} and ${place} and a.message_id = m.id
      and a.day between ${from} and ${to} ${unanswered})`;
}

/** What the messages of the list have in common, beside their time. */
function condition(community: CommunityId, wanted: MessagesWanted, whole: Stretches[number]): RawBuilder<boolean> {
  const { behind } = wanted;
  switch (behind.kind) {
    case "domain":
      // As an array, so that the messages are found by their ids; otherwise all of the stretch may be read for a few links.
      return sql`m.id = any(array(select l.message_id from message_links l where l.community_id = ${community}
        and l.domain = ${behind.domain} and l.message_id >= ${whole[0]} and l.message_id < ${whole[1]}))`;
    case "emoji":
      return sql`exists (select from message_reactions r where r.community_id = ${community} and r.message_id = m.id and r.emoji = ${behind.emoji})`;
    case "language":
      return sql`m.language = ${behind.language}`;
    case "message-kind":
      return sql`m.kind = ${behind.messageKind}`;
    case "space":
      return sql`m.space_id = ${behind.space}`;
    case "member":
      return sql`m.member_id in ${partsOf(community, behind.member)}`;
    case "replies-to":
      return sql`m.reply_to_member_id in ${partsOf(community, behind.member)}
        and m.member_id not in ${partsOf(community, behind.member)}`;
    case "thread":
      return sql`(m.id = ${behind.message} or m.reply_to_id = ${behind.message})`;
    case "first-messages":
    case "unanswered-newcomers":
      return arrived(community, wanted);
    case "questions":
      return sql`m.is_question`;
    case "unanswered-questions":
      return sql`m.is_question and m.id not in ${answered(community, whole)}`;
    default:
      return yes;
  }
}

/** Lists that are counted over everybody's messages, or that name their people themselves. */
const ABOUT_ALL: readonly MessagesBehind["kind"][] = [
  "domain",
  "emoji",
  "language",
  "message-kind",
  "thread",
  "member",
  "replies-to",
  "most-reactions",
];

function authors(community: CommunityId, { behind, segment, memberIds }: MessagesWanted): RawBuilder<boolean> {
  if (ABOUT_ALL.includes(behind.kind)) return yes;
  if (segment === "team")
    return sql`m.member_id in (select id from members where community_id = ${community} and is_staff and not is_bot)`;
  const among =
    memberIds === undefined ? yes : sql`${personOfMember(community, "m.member_id")} = any(${[...memberIds]}::uuid[])`;
  return sql`m.member_id not in (select id from members where community_id = ${community} and (is_staff or is_bot)) and ${among}`;
}

interface Row extends Omit<MessageBehind, "sentAt" | "space" | "member" | "count"> {
  readonly sentAt: Date;
  readonly spaceId: string;
  readonly spaceName: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly count: number | null;
}

const columns = sql`m.id, m.sent_at as "sentAt", s.id as "spaceId", s.name as "spaceName", p.id as "memberId", p.name as "memberName",
  m.kind, left(m.text, ${SHOWN}) as text`;
const joins = sql`join spaces s on s.community_id = m.community_id and s.id = m.space_id
  left join member_parts t on t.community_id = m.community_id and t.member_id = m.member_id
  join members p on p.community_id = m.community_id and p.id = coalesce(t.person_id, m.member_id)`;

function shown({ id, sentAt, spaceId, spaceName, memberId, memberName, kind, text, count }: Row): MessageBehind {
  return {
    id,
    sentAt: sentAt.toISOString(),
    space: { id: spaceId, name: spaceName },
    member: { id: memberId, name: memberName },
    kind,
    text,
    ...(count === null ? {} : { count }),
  };
}

/** Most noticed first; only messages that were noted as such when their day was counted. */
async function listNoticed(tx: Tx, community: CommunityId, wanted: MessagesWanted): Promise<MessageBehind[]> {
  const { from, to, spaceIds, after, limit } = wanted;
  const found = await sql<Row>`
    select ${columns}, n.count from (
      select message_id, count from notable_messages
      where community_id = ${community} and topic = 'reactions' and day between ${from} and ${to}
        and (${spaceIds.length === 0} or space in (select number from space_numbers
          where community_id = ${community} and space_id = any(${[...spaceIds]}::uuid[])))
        and (${after === undefined} or (count, message_id) < (${after?.count ?? 0}::int, ${after?.id ?? null}::uuid))
      order by count desc, message_id desc limit ${limit}
    ) n join messages m on m.community_id = ${community} and m.id = n.message_id ${joins}
    order by n.count desc, n.message_id desc`.execute(tx);
  return found.rows.map(shown);
}

/** One look: the newest messages of the stretches that fit. Names are joined to those alone that are shown. */
async function look(
  tx: Tx,
  community: CommunityId,
  wanted: MessagesWanted & { stretches: Stretches },
): Promise<MessageBehind[]> {
  const { behind, spaceIds, after, limit, stretches } = wanted;
  const bounds = stretches.flat().toSorted();
  const whole: Stretches[number] = [bounds[0] ?? "", bounds.at(-1) ?? ""];
  const isThread = behind.kind === "thread";
  const order = isThread ? sql`asc` : sql`desc`;
  const beyond = isThread ? sql`m.id > ${after?.id ?? null}::uuid` : sql`m.id < ${after?.id ?? null}::uuid`;
  const time =
    stretches.length === 1
      ? yes
      : sql`(${sql.join(
          stretches.map(([from, to]) => sql`(m.id >= ${from} and m.id < ${to})`),
          sql` or `,
        )})`;
  const found = await sql<Row>`
    select ${columns}, null::int as count from (
      select m.* from messages m
      where m.community_id = ${community} and m.id >= ${whole[0]} and m.id < ${whole[1]} and ${time}
        and (${isThread || spaceIds.length === 0} or m.space_id = any(${[...spaceIds]}::uuid[]))
        and (${after === undefined} or ${beyond})
        and ${authors(community, wanted)} and ${condition(community, wanted, whole)}
      order by m.id ${order} limit ${limit}
    ) m ${joins} order by m.id ${order}`.execute(tx);
  return found.rows.map(shown);
}

/** The messages behind a number, newest first (a conversation: oldest first). */
export async function listMessages(tx: Tx, community: CommunityId, wanted: MessagesWanted): Promise<MessageBehind[]> {
  if (wanted.behind.kind === "most-reactions") return listNoticed(tx, community, wanted);
  const { behind, after, limit } = wanted;
  // What lies after the last row of the page before has been shown.
  const isShown = (stretches: Stretches): boolean =>
    behind.kind !== "thread" && after !== undefined && stretches.every(([from]) => from > after.id);
  const found: MessageBehind[] = [];
  for (const stretches of await looksOf(tx, community, wanted)) {
    if (found.length >= limit) break;
    if (!isShown(stretches))
      found.push(...(await look(tx, community, { ...wanted, stretches, limit: limit - found.length })));
  }
  return found;
}
