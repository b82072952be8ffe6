import { setImmediate } from "node:timers/promises";
import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";
import { messageKinds } from "#src/platforms/model.ts";
import { ANSWER_DAYS } from "../metrics/sheet.ts";
import { idsOf, type Ids } from "./id-table.ts";
import type { MemberNumbers } from "./numbers.ts";

/**
 * A stretch of a community's history as it lies in `messages`, packed by the server so that a hundred thousand rows
 * arrive as a few values. Row `i` of `ids`, `authors`, `answers`, `traits` is the same message. People are numbers, 0 for none.
 */
export interface Stretch {
  readonly ids: Ids;
  readonly authors: Uint32Array;
  /** The other person replied to. */
  readonly answers: Uint32Array;
  /** Four bytes each: space u16, then kind in 5 bits, language in 10 and question in one; big endian. */
  readonly traits: Buffer;
  /** Replies to another person's message by somebody who is no bot: of this stretch, and up to `ANSWER_DAYS` after it. */
  readonly replies: readonly Replies[];
  readonly reactions: readonly Marked[];
  readonly links: readonly Marked[];
  readonly moves: readonly { readonly at: number; readonly space: number; readonly kind: string }[];
}

/** Replies: the message replied to and the reply, in the places of one and the other column that `places` names by turns. */
export interface Replies {
  readonly messages: Ids;
  readonly ids: Ids;
  readonly places: Uint32Array;
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

type Span = Instants & { readonly community: CommunityId };

type Column = string | null;

/** Columns come in base64: the driver would have bytes sent as hexadecimal digits, half as many again and slower to read. */
function bytesOf(column: Column | undefined): Buffer {
  return Buffer.from(column ?? "", "base64");
}

/** Messages as they are stored: 16 bytes an id, `replies` one byte: 1 with a message replied to, 2 with a member. */
interface Packed {
  readonly ids: Buffer;
  readonly authors: Buffer;
  readonly traits: Buffer;
  readonly replies: Buffer;
  /** For each row that has one, in the order of rows. */
  readonly messages: Buffer;
  readonly members: Buffer;
}

function messagesOf({ community, from, to }: Span): RawBuilder<unknown> {
  return sql`
    select v.* from (
      select encode(string_agg(uuid_send(m.id), ''), 'base64') as ids,
        encode(string_agg(uuid_send(m.member_id), ''), 'base64') as authors,
        encode(string_agg(int4send((s.number << 16) | (coalesce(array_position(${[...messageKinds]}::text[], m.kind), 0) << 11)
          | ((coalesce(((ascii(m.language) - 96) << 5) | (ascii(substr(m.language, 2)) - 96), 0) & 1023) << 1)
          | m.is_question::int), ''), 'base64') as traits,
        encode(string_agg(substring(${REPLY_KINDS}::bytea from 1 + (m.reply_to_id is not null)::int
          + 2 * (m.reply_to_member_id is not null)::int for 1), ''), 'base64') as replies,
        encode(string_agg(uuid_send(m.reply_to_id), ''), 'base64') as messages,
        encode(string_agg(uuid_send(m.reply_to_member_id), ''), 'base64') as members
      from messages m
      join space_numbers s on s.community_id = m.community_id and s.space_id = m.space_id
      where m.community_id = ${community} and m.id >= ${idAt(from)} and m.id < ${idAt(to)}
    ) c cross join lateral (values ('message', 'ids', c.ids), ('message', 'authors', c.authors), ('message', 'traits', c.traits),
      ('message', 'replies', c.replies), ('message', 'messages', c.messages), ('message', 'members', c.members)) v (part, key, packed)`;
}

const REPLY_KINDS = Buffer.from([0, 1, 2, 3]);

/** Replies that came after the stretch: 16 bytes in each column. */
type Later = Omit<Packed, "traits" | "replies">;

function laterOf({ community, from, to }: Span): RawBuilder<unknown> {
  return sql`
    select v.* from (
      select encode(string_agg(uuid_send(m.reply_to_id), ''), 'base64') as messages,
        encode(string_agg(uuid_send(m.id), ''), 'base64') as ids,
        encode(string_agg(uuid_send(m.member_id), ''), 'base64') as authors,
        encode(string_agg(uuid_send(m.reply_to_member_id), ''), 'base64') as members
      from messages m
      where m.community_id = ${community} and m.id >= ${idAt(to)} and m.id < ${idAt(to + ANSWER_DAYS * DAY)}
        and m.reply_to_id >= ${idAt(from)} and m.reply_to_id < ${idAt(to)} and m.reply_to_member_id is not null
    ) c cross join lateral (values ('later', 'messages', c.messages), ('later', 'ids', c.ids), ('later', 'authors', c.authors),
      ('later', 'members', c.members)) v (part, key, packed)`;
}

/** Tells for each row whom it answers, and collects the replies that are answers. */
function answersOf(packed: Packed, people: MemberNumbers): Pick<Stretch, "authors" | "answers" | "replies"> {
  const count = packed.replies.length;
  const [writers, members] = [idsOf(packed.authors), idsOf(packed.members)];
  const authors = new Uint32Array(count);
  const answers = new Uint32Array(count);
  const places: number[] = [];
  let message = 0;
  let member = 0;
  for (let row = 0; row < count; row += 1) {
    const kind = packed.replies[row] ?? 0;
    const author = people.numberOf(writers, row);
    const answered = kind >= 2 ? people.numberOf(members, member++) : 0;
    authors[row] = author;
    if (answered !== author) answers[row] = answered;
    if (kind === 3 && answered !== author && answered > 0 && !people.isBot(writers, row)) places.push(message, row);
    message += kind & 1;
  }
  const replies = { messages: idsOf(packed.messages), ids: idsOf(packed.ids), places: Uint32Array.from(places) };
  return { authors, answers, replies: [replies] };
}

function laterReplies(packed: Later, people: MemberNumbers): Replies {
  const [writers, members] = [idsOf(packed.authors), idsOf(packed.members)];
  const places: number[] = [];
  for (let row = 0; row < packed.ids.length / ID; row += 1) {
    const answered = people.numberOf(members, row);
    if (answered > 0 && people.numberOf(writers, row) !== answered && !people.isBot(writers, row))
      places.push(row, row);
  }
  return { messages: idsOf(packed.messages), ids: idsOf(packed.ids), places: Uint32Array.from(places) };
}

const ID = 16;

function reactionsOf({ community, from, to }: Span): RawBuilder<unknown> {
  return sql`
    select 'reaction', emoji, encode(string_agg(uuid_send(message_id) || int4send(count), ''::bytea), 'base64') from message_reactions
    where community_id = ${community} and message_id >= ${idAt(from)} and message_id < ${idAt(to)}
    group by emoji`;
}

function linksOf({ community, from, to }: Span): RawBuilder<unknown> {
  return sql`
    select 'link', domain, encode(string_agg(uuid_send(message_id) || int4send(1), ''::bytea), 'base64') from message_links
    where community_id = ${community} and message_id >= ${idAt(from)} and message_id < ${idAt(to)}
    group by domain`;
}

function movesOf({ community, from, to }: Span): RawBuilder<unknown> {
  return sql`
    select 'move', v.kind, encode(string_agg(float8send((extract(epoch from v.happened_at) * 1000)::float8) || int4send(s.number), ''::bytea),
      'base64') from member_moves v
    join space_numbers s on s.community_id = v.community_id and s.space_id = v.space_id
    where v.community_id = ${community} and v.happened_at >= to_timestamp(${from / 1000}::float8)
      and v.happened_at < to_timestamp(${to / 1000}::float8)
    group by v.kind`;
}

/** One value of what a stretch consists of: a column, or what belongs to a key. */
interface Piece {
  readonly part: "message" | "later" | "reaction" | "link" | "move";
  readonly key: string;
  readonly packed: Column;
}

/** In one statement: the server works through all of it while the stretch before is folded here, and nobody could send it the next. */
async function readPieces(tx: Tx, span: Span): Promise<readonly Piece[]> {
  const parts = [messagesOf, laterOf, reactionsOf, linksOf, movesOf].map((part) => part(span));
  const found = await sql<Piece>`${sql.join(parts, sql` union all `)}`.execute(tx);
  return found.rows;
}

function markedOf(pieces: readonly Piece[], part: Piece["part"]): Marked[] {
  return pieces.filter((piece) => piece.part === part).map(({ key, packed }) => ({ key, packed: bytesOf(packed) }));
}

const MOVE = 12;

function unpackMoves({ key, packed }: Marked): Stretch["moves"] {
  return Array.from({ length: packed.length / MOVE }, (_, row) => ({
    at: packed.readDoubleBE(row * MOVE),
    space: packed.readInt32BE(row * MOVE + 8),
    kind: key,
  }));
}

/** Where a stretch is read. What `people` learn with one stretch they need not ask for with the next. */
export interface Reading {
  readonly tx: Tx;
  readonly community: CommunityId;
  readonly people: MemberNumbers;
}

/** Reads a stretch of history. The members and spaces must have their numbers. */
export async function readStretch({ tx, community, people }: Reading, instants: Instants): Promise<Stretch> {
  const pieces = await readPieces(tx, { community, ...instants });
  // Whoever waits for the connection sends what the server shall do while this is unpacked.
  await setImmediate();
  const columnOf = (part: Piece["part"], key: string): Buffer =>
    bytesOf(pieces.find((piece) => piece.part === part && piece.key === key)?.packed);
  const packed: Packed = {
    ids: columnOf("message", "ids"),
    authors: columnOf("message", "authors"),
    traits: columnOf("message", "traits"),
    replies: columnOf("message", "replies"),
    messages: columnOf("message", "messages"),
    members: columnOf("message", "members"),
  };
  const later: Later = {
    messages: columnOf("later", "messages"),
    ids: columnOf("later", "ids"),
    authors: columnOf("later", "authors"),
    members: columnOf("later", "members"),
  };
  await people.learn(tx, community, [packed.authors, packed.members, later.authors, later.members].map(idsOf));
  const { authors, answers, replies } = answersOf(packed, people);
  return {
    ids: idsOf(packed.ids),
    authors,
    answers,
    traits: packed.traits,
    replies: [...replies, laterReplies(later, people)],
    reactions: markedOf(pieces, "reaction"),
    links: markedOf(pieces, "link"),
    moves: markedOf(pieces, "move").flatMap(unpackMoves),
  };
}
