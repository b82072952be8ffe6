import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { type Page, pageOf, readCursor } from "#src/base/paging.ts";
import { STEMMING } from "./index-posts.ts";
import { isOneSlip, queryWords, slipsOf } from "./words.ts";

/** Of more matches than this the newest are weighed against each other; whoever wants an older one narrows the search. */
const MOST_WEIGHED = 1000;

/** What somebody searches for, and where. Times in milliseconds since 1970 UTC. */
export interface PostSearch {
  readonly typed: string;
  /** The boards that whoever asks may read; nothing of others is found. */
  readonly boardIds: readonly string[];
  readonly memberId?: string | undefined;
  readonly tag?: string | undefined;
  readonly solved?: boolean | undefined;
  /** From this instant on. */
  readonly from?: number | undefined;
  /** Before this instant. */
  readonly to?: number | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A topic that answers, by its best post. */
export interface FoundPost {
  readonly messageId: string;
  readonly topic: number;
  readonly number: number;
}

/** What was found, best first. */
export interface Findings extends Page<FoundPost> {
  /** The stems that were searched for: what to mark in excerpts. */
  readonly stems: readonly string[];
  /** Nothing holds the words as they were typed, so ones that differ by one slip were searched for. */
  readonly isCorrected: boolean;
}

const keySchema = z.tuple([z.number(), z.uuid(), z.number()]);

async function stemsOf(tx: Tx, words: readonly string[]): Promise<string[]> {
  const found = await sql<{ stem: string }>`
    select distinct unnest(tsvector_to_array(to_tsvector(${STEMMING}, ${words.join(" ")}))) as stem`.execute(tx);
  return found.rows.map(({ stem }) => stem);
}

/** Each stem that no post holds, as one that some post does and that differs by a slip; undefined where there is none. */
async function corrected(tx: Tx, community: CommunityId, stems: readonly string[]): Promise<string[] | undefined> {
  const known = await sql<{ word: string }>`
    select word from hub_vocabulary where community_id = ${community} and word = any(${stems}::text[])`.execute(tx);
  const held = new Set(known.rows.map(({ word }) => word));
  const better: string[] = [];
  for (const stem of stems) {
    if (held.has(stem)) better.push(stem);
    else {
      const forms = slipsOf(stem);
      const near = await sql<{ word: string }>`
        select word from hub_slips where community_id = ${community} and form = any(${[stem, ...forms]}::text[])
        union select word from hub_vocabulary where community_id = ${community} and word = any(${forms}::text[])
        order by 1 limit 50`.execute(tx);
      const candidates = near.rows.map(({ word }) => word).filter((word) => isOneSlip(stem, word));
      const choice = candidates.find((word) => word.charAt(0) === stem.charAt(0)) ?? candidates[0];
      if (choice === undefined) return undefined;
      better.push(choice);
    }
  }
  return better;
}

function allOf(stems: readonly string[]): RawBuilder<unknown> {
  const each = stems.map((stem) => sql`quote_literal(${stem}::text)::tsquery`);
  return sql.join(each, sql` && `);
}

/** A question that nobody has answered to the asker's liking; a discussion waits for no answer. */
function isOpenQuestion(community: CommunityId): RawBuilder<unknown> {
  return sql`(not m.is_solved and exists (select from hub_topics q
    where q.community_id = ${community} and q.number = m.topic and q.kind = 'question'))`;
}

function narrowed(community: CommunityId, { memberId, tag, solved, from, to }: PostSearch): RawBuilder<unknown> {
  const conditions = [
    ...(memberId === undefined ? [] : [sql`m.member_id = ${memberId}`]),
    ...(tag === undefined ? [] : [sql`${tag} = any(m.tags)`]),
    ...(solved === undefined ? [] : [solved ? sql`m.is_solved` : isOpenQuestion(community)]),
    ...(from === undefined ? [] : [sql`m.sent_at >= ${new Date(from)}`]),
    ...(to === undefined ? [] : [sql`m.sent_at < ${new Date(to)}`]),
  ];
  return sql.join([sql`true`, ...conditions], sql` and `);
}

interface Row extends FoundPost {
  readonly score: number;
}

async function matches(
  tx: Tx,
  search: PostSearch & { readonly community: CommunityId },
  { stems, below }: { stems: readonly string[]; below: readonly [number, string] | undefined },
): Promise<Row[]> {
  const [score, id] = below ?? [];
  const behind = score === undefined ? sql`true` : sql`(b.score, b.message_id) < (${score}, ${id}::uuid)`;
  const found = await sql<Row>`
    select b.message_id as "messageId", b.topic, b.number, b.score from (
      select distinct on (m.topic) m.* from hub_search_matches(${allOf(stems)}, ${search.boardIds}::uuid[], ${MOST_WEIGHED}) m
      where ${narrowed(search.community, search)} order by m.topic, m.score desc, m.message_id desc) b
    where ${behind} order by b.score desc, b.message_id desc limit ${search.limit + 1}`.execute(tx);
  return found.rows;
}

/**
 * Topics of which a post holds every word that was typed, in any of its forms, best first: words of the title weigh most,
 * then tags, then the text; of equals the newest. When nothing answers, words that differ by one slip are tried. Runs in a
 * community's transaction, and finds nothing outside of one.
 */
export async function findPosts(tx: Tx, community: CommunityId, search: PostSearch): Promise<Findings> {
  const key = readCursor(search.after, keySchema);
  const typed = await stemsOf(tx, queryWords(search.typed));
  const none: Findings = { items: [], next: null, stems: typed, isCorrected: false };
  if (typed.length === 0 || search.boardIds.length === 0) return none;
  const page = (rows: readonly Row[], stems: readonly string[], isCorrected: boolean): Findings => {
    const { items, next } = pageOf(rows, search.limit, (row) => [row.score, row.messageId, isCorrected ? 1 : 0]);
    return { items: items.map(({ score: _, ...post }) => post), next, stems, isCorrected };
  };
  const inside = { ...search, community };
  const wasCorrected = key?.[2] === 1;
  const rows = wasCorrected ? [] : await matches(tx, inside, { stems: typed, below: key && [key[0], key[1]] });
  if (rows.length > 0 || (key !== undefined && !wasCorrected)) return page(rows, typed, false);
  const stems = await corrected(tx, community, typed);
  if (stems === undefined || stems.join(" ") === typed.join(" ")) return none;
  return page(await matches(tx, inside, { stems, below: key && [key[0], key[1]] }), stems, true);
}

/**
 * Topics whose titles share words with one that is being typed, most alike first: so that nobody asks what was answered.
 */
export async function similarTopics(
  tx: Tx,
  { title, boardIds, limit }: { title: string; boardIds: readonly string[]; limit: number },
): Promise<number[]> {
  const stems = await stemsOf(tx, queryWords(title));
  if (stems.length === 0) return [];
  const any = sql.join(
    stems.map((stem) => sql`(quote_literal(${stem}::text) || ':A')::tsquery`),
    sql` || `,
  );
  const found = await sql<{ topic: number }>`
    select m.topic from hub_search_matches(${any}, ${boardIds}::uuid[], ${MOST_WEIGHED}) m
    where m.number = 1 order by m.score desc, m.message_id desc limit ${limit}`.execute(tx);
  return found.rows.map(({ topic }) => topic);
}
