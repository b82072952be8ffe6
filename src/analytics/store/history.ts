import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";
import { answered, author, withPeople } from "#src/members/store/parts.ts";
import { messageKinds } from "#src/platforms/model.ts";
import { ANSWER_DAYS } from "../metrics/sheet.ts";

/**
 * A stretch of a community's history as it lies in `messages`, packed by the server so that a million rows arrive as
 * one value: 28 bytes a message (id, member u32, space u16, kind, language and question u16, member replied to u32 or 0, big
 * endian) and 32 bytes a reply (id of the message replied to, id of the reply).
 */
export interface Stretch {
  readonly messages: Buffer;
  /** Replies to another person's message of this stretch, by somebody who is not a bot, up to `ANSWER_DAYS` after it. */
  readonly replies: Buffer;
  readonly reactions: readonly Marked[];
  readonly links: readonly Marked[];
  readonly moves: readonly { readonly at: number; readonly space: number; readonly kind: string }[];
}

/** A key and, packed, the messages that have it: 20 bytes each, the message's id and a count u32. */
export interface Marked {
  readonly key: string;
  readonly packed: Buffer;
}

/** Instants in milliseconds since 1970 UTC: from `from` up to but not including `to`. */
export interface Instants {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
/** So many new numbers change what the planner should do. */
const MANY = 1000;

/** Gives every member and space of the community a small number, if it has none yet. Safe to repeat. */
export async function giveNumbers(tx: Tx, community: CommunityId): Promise<void> {
  const given = await sql`
    insert into member_numbers (community_id, member_id, number)
    select ${community}, m.id, (select coalesce(max(number), 0) from member_numbers where community_id = ${community})
      + row_number() over (order by m.id)
    from members m left join member_numbers n on n.community_id = m.community_id and n.member_id = m.id
    where m.community_id = ${community} and n.member_id is null`.execute(tx);
  await sql`
    insert into space_numbers (community_id, space_id, number)
    select ${community}, s.id, (select coalesce(max(number), 0) from space_numbers where community_id = ${community})
      + row_number() over (order by s.id)
    from spaces s left join space_numbers n on n.community_id = s.community_id and n.space_id = s.id
    where s.community_id = ${community} and n.space_id is null`.execute(tx);
  // Without fresh statistics the joins that follow would look up each of a hundred thousand rows by itself.
  if (Number(given.numAffectedRows) > MANY) await sql`analyze member_numbers, space_numbers`.execute(tx);
}

/** Takes back the numbers of members and spaces that are no more. Every day on which they had written must have been counted anew. */
export async function takeNumbers(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    delete from member_numbers n where n.community_id = ${community} and not exists (
      select from members m where m.community_id = n.community_id and m.id = n.member_id)`.execute(tx);
  await sql`
    delete from space_numbers n where n.community_id = ${community} and not exists (
      select from spaces s where s.community_id = n.community_id and s.id = n.space_id)`.execute(tx);
}

async function readMessages(tx: Tx, community: CommunityId, { from, to }: Instants): Promise<Buffer> {
  const found = await sql<{ packed: Buffer | null }>`
    select string_agg(uuid_send(m.id) || int8send((p.number::int8 << 32) | (s.number::int8 << 16)
      | (coalesce(array_position(${[...messageKinds]}::text[], m.kind), 0) << 11)
      | ((coalesce(((ascii(m.language) - 96) << 5) | (ascii(substr(m.language, 2)) - 96), 0) & 1023) << 1)
      | m.is_question::int) || int4send(coalesce(a.number, 0)), ''::bytea) as packed
    from messages m
    ${withPeople}
    join member_numbers p on p.community_id = m.community_id and p.member_id = ${author}
    join space_numbers s on s.community_id = m.community_id and s.space_id = m.space_id
    left join member_numbers a on a.community_id = m.community_id and a.member_id = ${answered}
      and ${answered} <> ${author}
    where m.community_id = ${community} and m.id >= ${idAt(from)} and m.id < ${idAt(to)}`.execute(tx);
  return found.rows[0]?.packed ?? Buffer.alloc(0);
}

async function readReplies(tx: Tx, community: CommunityId, { from, to }: Instants): Promise<Buffer> {
  const found = await sql<{ packed: Buffer | null }>`
    select string_agg(uuid_send(m.reply_to_id) || uuid_send(m.id), ''::bytea) as packed
    from messages m ${withPeople}
    where m.community_id = ${community} and m.id >= ${idAt(from)} and m.id < ${idAt(to + ANSWER_DAYS * DAY)}
      and m.reply_to_id >= ${idAt(from)} and m.reply_to_id < ${idAt(to)} and ${author} <> ${answered}
      and not exists (select from members b where b.community_id = m.community_id and b.id = m.member_id and b.is_bot)`.execute(
    tx,
  );
  return found.rows[0]?.packed ?? Buffer.alloc(0);
}

async function readReactions(tx: Tx, community: CommunityId, { from, to }: Instants): Promise<Marked[]> {
  const found = await sql<Marked>`
    select emoji as key, string_agg(uuid_send(message_id) || int4send(count), ''::bytea) as packed from message_reactions
    where community_id = ${community} and message_id >= ${idAt(from)} and message_id < ${idAt(to)}
    group by emoji`.execute(tx);
  return found.rows;
}

async function readLinks(tx: Tx, community: CommunityId, { from, to }: Instants): Promise<Marked[]> {
  const found = await sql<Marked>`
    select domain as key, string_agg(uuid_send(message_id) || int4send(1), ''::bytea) as packed from message_links
    where community_id = ${community} and message_id >= ${idAt(from)} and message_id < ${idAt(to)}
    group by domain`.execute(tx);
  return found.rows;
}

async function readMoves(tx: Tx, community: CommunityId, { from, to }: Instants): Promise<Stretch["moves"]> {
  const found = await sql<{ at: number; space: number; kind: string }>`
    select (extract(epoch from v.happened_at) * 1000)::float8 as at, s.number as space, v.kind from member_moves v
    join space_numbers s on s.community_id = v.community_id and s.space_id = v.space_id
    where v.community_id = ${community} and v.happened_at >= to_timestamp(${from / 1000}::float8)
      and v.happened_at < to_timestamp(${to / 1000}::float8)`.execute(tx);
  return found.rows;
}

/** Reads a stretch of history. The members and spaces must have their numbers. */
export async function readStretch(tx: Tx, community: CommunityId, instants: Instants): Promise<Stretch> {
  return {
    messages: await readMessages(tx, community, instants),
    replies: await readReplies(tx, community, instants),
    reactions: await readReactions(tx, community, instants),
    links: await readLinks(tx, community, instants),
    moves: await readMoves(tx, community, instants),
  };
}
