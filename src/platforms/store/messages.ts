import { sql } from "kysely";
import type pg from "pg";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { IncomingMessage } from "../model.ts";
import { TOLD_CELLS, TOLD_COLUMNS, writeTold } from "../packed.ts";
import { copyInto, type WriteRows } from "./copy.ts";
import { noteOverlaps } from "./overlaps.ts";
import { mergeReactors, type Reactor, REACTOR_COLUMNS, reactorRows } from "./reactors.ts";

/** A message with everything that only the intake knows: its id here, its space and the people it concerns. */
export interface ResolvedMessage {
  readonly id: string;
  readonly spaceId: string;
  readonly memberId: string;
  readonly replyTo: { readonly id: string; readonly memberId: string } | undefined;
  /** Those known to have put a mark under it, each once for each mark. */
  readonly reactors: readonly Reactor[];
  readonly message: IncomingMessage;
}

/** The transaction to write in: through Kysely, and through its connection for COPY. */
export interface Writing {
  readonly tx: Tx;
  readonly connection: pg.ClientBase;
  readonly community: CommunityId;
  readonly importId: string | undefined;
}

/** What only the intake knows of a message, and then what the message tells itself. */
const COLUMNS = `community_id, id, space_id, member_id, reply_to_id, reply_to_member_id, import_id, ${TOLD_COLUMNS}`;
const CELLS = 7 + TOLD_CELLS;

function messageRows({ community, importId }: Writing): WriteRows<ResolvedMessage> {
  return (rows, { id, spaceId, memberId, replyTo, message }) => {
    rows.begin(CELLS);
    for (const each of [community, id, spaceId, memberId, replyTo?.id, replyTo?.memberId, importId]) rows.uuid(each);
    writeTold(rows, message);
  };
}

function reactionRows(community: CommunityId): WriteRows<ResolvedMessage> {
  return (rows, { id, message }) => {
    const counts = new Map<string, number>();
    for (const { emoji, count } of message.reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + count);
    for (const [emoji, count] of counts) {
      if (count <= 0) continue;
      rows.begin(4);
      rows.uuid(community);
      rows.uuid(id);
      rows.text(emoji);
      rows.integer(count);
    }
  };
}

function linkRows(community: CommunityId): WriteRows<ResolvedMessage> {
  return (rows, { id, message }) => {
    for (const [position, { domain, url }] of message.links.entries()) {
      rows.begin(5);
      rows.uuid(community);
      rows.uuid(id);
      rows.integer(position);
      rows.text(domain);
      rows.text(url);
    }
  };
}

/** Lays messages with all that belongs to them into tables of these names. */
async function copyAll(
  writing: Writing,
  messages: readonly ResolvedMessage[],
  into: (name: "messages" | "reactions" | "reactors" | "links") => string,
): Promise<void> {
  const { connection, community } = writing;
  const reacted = messages.filter(({ message }) => message.reactions.length > 0);
  const marked = reacted.filter(({ reactors }) => reactors.length > 0);
  const linking = messages.filter(({ message }) => message.links.length > 0);
  const reactions = reactionRows(community);
  await copyInto(connection, `${into("messages")} (${COLUMNS})`, { of: messages, write: messageRows(writing) });
  await copyInto(connection, into("reactions"), { of: reacted, write: reactions });
  await copyInto(connection, `${into("reactors")} (${REACTOR_COLUMNS})`, { of: marked, write: reactorRows(writing) });
  await copyInto(connection, into("links"), { of: linking, write: linkRows(community) });
}

/** Writes messages of which none is stored yet; fails with a unique violation, and writes nothing, if one is. */
export async function writeNew(writing: Writing, messages: readonly ResolvedMessage[]): Promise<void> {
  await copyAll(writing, messages, (name) => (name === "messages" ? name : `message_${name}`));
}

/** What a merge did. */
export interface Merged {
  readonly stored: number;
  readonly updated: number;
}

/**
 * Writes messages of which some may be stored already: what is new is added, a newer edition replaces an older one,
 * and the rest is left as it is. `messages` holds no message twice.
 */
export async function merge(writing: Writing, messages: readonly ResolvedMessage[]): Promise<Merged> {
  const { tx, community } = writing;
  await stage(writing, messages);
  await noteOverlaps(writing);
  const known = await sql<{ known: number; newer: number }>`
    select count(*) as known, count(*) filter (where s.edited_at > coalesce(m.edited_at, '-infinity')) as newer
    from staged_messages s join messages m on m.community_id = s.community_id and m.id = s.id
    where s.community_id = ${community}`.execute(tx);
  const columns = sql.raw(COLUMNS);
  await sql`
    insert into messages as m (${columns}) select ${columns} from staged_messages
    where community_id = ${community} order by id
    on conflict (community_id, id) do update set text = excluded.text, edited_at = excluded.edited_at,
      language = excluded.language, is_question = excluded.is_question, details = excluded.details
    where excluded.edited_at > coalesce(m.edited_at, '-infinity')`.execute(tx);
  // What an answer answers may have been missing when it came first.
  await sql`
    update messages m set reply_to_id = s.reply_to_id, reply_to_member_id = s.reply_to_member_id from staged_messages s
    where m.community_id = ${community} and m.id = s.id and m.reply_to_id is null and s.reply_to_id is not null`.execute(
    tx,
  );
  // Two exports may show a message at different times; the larger count is the later one far more often than not, and
  // taking it makes the order of imports irrelevant.
  await sql`
    insert into message_reactions as r select * from staged_reactions order by message_id, emoji
    on conflict (community_id, message_id, emoji) do update set count = excluded.count where r.count < excluded.count`.execute(
    tx,
  );
  await mergeReactors(tx, community);
  await sql`
    insert into message_links select * from staged_links order by message_id, position
    on conflict (community_id, message_id, position) do nothing`.execute(tx);
  for (const table of STAGES) await sql`delete from ${sql.table(table)}`.execute(tx);
  const { known: repeated, newer } = known.rows[0] ?? { known: 0, newer: 0 };
  return { stored: messages.length - repeated, updated: newer };
}

const STAGES = ["staged_messages", "staged_reactions", "staged_reactors", "staged_links"];

/** Lays a batch down beside what is stored. */
async function stage(writing: Writing, messages: readonly ResolvedMessage[]): Promise<void> {
  const { tx } = writing;
  for (const table of STAGES) {
    const like = table.replace("staged_", table === "staged_messages" ? "" : "message_");
    await sql`
      create temp table if not exists ${sql.table(table)} (like ${sql.table(like)}) on commit delete rows`.execute(tx);
  }
  await copyAll(writing, messages, (name) => `staged_${name}`);
  // Which reaction and link belongs to which message is looked up for each that is known already.
  await sql`create index if not exists staged_reactions_by_message on staged_reactions (message_id)`.execute(tx);
  await sql`create index if not exists staged_links_by_message on staged_links (message_id)`.execute(tx);
}

/** A stored message that others answer. */
export interface Answered {
  readonly externalId: string;
  readonly id: string;
  readonly memberId: string;
}

/** Messages of a space by their ids on the platform. */
export async function findByExternalId(
  tx: Tx,
  community: CommunityId,
  ask: { spaceId: string; externalIds: readonly string[] },
): Promise<Answered[]> {
  const found = await sql<Answered>`
    select external_id as "externalId", id, member_id as "memberId" from messages where community_id = ${community}
      and space_id = ${ask.spaceId} and external_id = any(${[...ask.externalIds]})`.execute(tx);
  return found.rows;
}

const UNIQUE_VIOLATION = "23505";

/** Whether a message was stored already where none was expected: by another intake that is at the same space. */
export function isRepeat(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION)) return false;
  return "table" in error && typeof error.table === "string" && error.table.startsWith("messages_");
}
