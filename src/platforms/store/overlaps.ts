import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Writing } from "./messages.ts";
import { countNamed, LIVE, namedAnew } from "./reactors.ts";

/** Tables that hold messages, reactions and links: those of the community, or those in which a batch is staged. */
interface Shelf {
  readonly reactions: string;
  readonly links: string;
}

const stored: Shelf = { reactions: "message_reactions", links: "message_links" };
const staged: Shelf = { reactions: "staged_reactions", links: "staged_links" };

/** Everything of a message that two exports may tell differently, as JSON. */
function editionOf(message: string, { reactions, links }: Shelf): RawBuilder<unknown> {
  const m = sql.ref(message);
  return sql`jsonb_build_object('text', ${m}.text, 'editedAt', (extract(epoch from ${m}.edited_at) * 1000)::float8, 'language', ${m}.language,
    'isQuestion', ${m}.is_question, 'details', ${m}.details,
    'reply', case when ${m}.reply_to_id is not null then jsonb_build_array(${m}.reply_to_id, ${m}.reply_to_member_id) end,
    'reactions', (select coalesce(jsonb_object_agg(r.emoji, r.count), '{}') from ${sql.table(reactions)} r
      where r.community_id = ${m}.community_id and r.message_id = ${m}.id),
    'links', (select coalesce(jsonb_agg(jsonb_build_array(l.position, l.domain, l.url) order by l.position), '[]')
      from ${sql.table(links)} l where l.community_id = ${m}.community_id and l.message_id = ${m}.id))`;
}

/** What is stored of the message that a query calls `message`. */
export const storedEdition = (message: string): RawBuilder<unknown> => editionOf(message, stored);

/** Rows that are in one of two tables and not in the other, among the messages that overlap. */
function rowsApart(community: CommunityId, table: keyof Shelf, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const one = sql`select r.message_id, ${columns} from overlapping o
    join ${sql.table(stored[table])} r on r.community_id = ${community} and r.message_id = o.item_id`;
  const other = sql`select r.message_id, ${columns} from overlapping o
    join ${sql.table(staged[table])} r on r.message_id = o.item_id`;
  return sql`(${one} except ${other}) union all (${other} except ${one})`;
}

/** Fills in both editions of the overlapping messages that are told differently. Says whether there are any; most are told alike. */
async function fillEditions(tx: Tx, community: CommunityId): Promise<boolean> {
  const filled = await sql`
    with apart as (
      select m.id from overlapping o
      join messages m on m.community_id = ${community} and m.id = o.item_id
      join staged_messages s on s.id = o.item_id
      where (m.text, m.edited_at, m.language, m.is_question, m.details, m.reply_to_id)
        is distinct from (s.text, s.edited_at, s.language, s.is_question, s.details, s.reply_to_id)
      union select message_id from (${rowsApart(community, "reactions", sql`r.emoji, r.count`)}) r
      union select message_id from (${rowsApart(community, "links", sql`r.position, r.domain, r.url`)}) l
      union ${namedAnew(community)}
    )
    update overlapping o set stored = ${storedEdition("m")}, brought = ${editionOf("s", staged)}
    from apart a
    join messages m on m.community_id = ${community} and m.id = a.id
    join staged_messages s on s.id = a.id
    where o.item_id = a.id`.execute(tx);
  return filled.numAffectedRows !== 0n;
}

/** Whoever was known to have brought what is stored until now brought just that: it is said before it changes. */
async function keepStored({ tx, community, importId = LIVE }: Pick<Writing, "tx" | "community" | "importId">) {
  await sql`
    update import_overlaps o set edition = p.stored from overlapping p
    where o.community_id = ${community} and o.item_id = p.item_id and o.edition is null and p.stored is not null`.execute(
    tx,
  );
  await sql`
    insert into import_overlaps (community_id, item_id, import_id, edition)
    select ${community}, item_id, owner, stored from overlapping where stored is not null and owner <> ${importId}
    on conflict do nothing`.execute(tx);
}

/**
 * Notes which of the staged messages are stored already, and what the two editions say where they differ, before the
 * staged one is merged in. The staged tables hold the batch.
 */
export async function noteOverlaps({ tx, community, importId = LIVE }: Writing): Promise<void> {
  await sql`
    create temp table if not exists overlapping (item_id uuid primary key, owner uuid not null, stored jsonb,
      brought jsonb) on commit delete rows`.execute(tx);
  const found = await sql`
    insert into overlapping (item_id, owner)
    select m.id, coalesce(m.import_id, ${LIVE})
    from staged_messages s join messages m on m.community_id = s.community_id and m.id = s.id
    where s.community_id = ${community}`.execute(tx);
  if (found.numAffectedRows === 0n) return;
  if (await fillEditions(tx, community)) await keepStored({ tx, community, importId });
  await sql`
    insert into import_overlaps as o (community_id, item_id, import_id, edition)
    select ${community}, item_id, ${importId}::uuid, brought from overlapping
    where owner <> ${importId} order by item_id
    on conflict (community_id, item_id, import_id) do update set edition = excluded.edition
    where excluded.edition is not null`.execute(tx);
  await sql`delete from overlapping`.execute(tx);
}

/** Notes which of these comings and goings another import has brought before. */
export async function noteMovesAlike(
  { tx, community, importId = LIVE }: Writing,
  moveIds: readonly string[],
): Promise<void> {
  await sql`
    insert into import_overlaps (community_id, item_id, import_id)
    select ${community}, v.id, ${importId}::uuid from member_moves v
    where v.community_id = ${community} and v.id = any(${[...moveIds]}::uuid[]) and coalesce(v.import_id, ${LIVE}) <> ${importId}
    order by v.id on conflict do nothing`.execute(tx);
}

/** What somebody tells of a message, as `import_overlaps` keeps it. */
export interface Edition {
  readonly text: string;
  /** Milliseconds since 1970 UTC. */
  readonly editedAt: number | null;
  readonly language: string | null;
  readonly isQuestion: boolean;
  readonly details: unknown;
  /** The message it answers, if that was known, and whose that is. */
  readonly reply: readonly [messageId: string, memberId: string] | null;
  readonly reactions: Readonly<Record<string, number>>;
  readonly links: readonly (readonly [position: number, domain: string, url: string])[];
}

const instant = (edition: Edition): number => edition.editedAt ?? -Infinity;

/** What is stored when a second edition comes to the first: just what a merge would make of them. */
export function merged(first: Edition, second: Edition): Edition {
  const words = instant(second) > instant(first) ? second : first;
  const reactions = { ...first.reactions };
  for (const [emoji, count] of Object.entries(second.reactions)) {
    reactions[emoji] = Math.max(reactions[emoji] ?? 0, count);
  }
  const known = new Set(first.links.map(([position]) => position));
  const links = [...first.links, ...second.links.filter(([position]) => !known.has(position))];
  return { ...words, reply: first.reply ?? second.reply, reactions, links };
}

/** A message with the edition it shall have from now on. */
export interface Rewritten {
  readonly id: string;
  readonly edition: Edition;
}

/** Gives messages another edition. */
export async function writeEditions(tx: Tx, community: CommunityId, messages: readonly Rewritten[]): Promise<void> {
  if (messages.length === 0) return;
  const ids = messages.map(({ id }) => id);
  const rows = sql`jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as e (id uuid, edition jsonb)`;
  await sql`
    update messages m set text = e.edition->>'text', edited_at = to_timestamp((e.edition->>'editedAt')::float8 / 1000),
      language = e.edition->>'language', is_question = (e.edition->'isQuestion')::boolean,
      details = nullif(e.edition->'details', 'null'), reply_to_id = p.id,
      reply_to_member_id = case when p.id is not null then (e.edition->'reply'->>1)::uuid end
    from ${rows}
    left join messages p on p.community_id = ${community} and p.id = (e.edition->'reply'->>0)::uuid
    where m.community_id = ${community} and m.id = e.id`.execute(tx);
  for (const table of ["message_reactions", "message_links"])
    await sql`
      delete from ${sql.table(table)} where community_id = ${community} and message_id = any(${ids}::uuid[])`.execute(
      tx,
    );
  await sql`
    insert into message_reactions (community_id, message_id, emoji, count)
    select ${community}, e.id, r.key, r.value::int from ${rows}, jsonb_each_text(e.edition->'reactions') r
    where r.value::int > 0`.execute(tx);
  await sql`
    insert into message_links (community_id, message_id, position, domain, url)
    select ${community}, e.id, (l->>0)::int, l->>1, l->>2 from ${rows}, jsonb_array_elements(e.edition->'links') l`.execute(
    tx,
  );
  await countNamed(tx, community, ids);
}
