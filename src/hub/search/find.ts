import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db } from "#src/base/database.ts";
import { askedTogether } from "#src/base/gathering.ts";
import { type Page, pageOf, readCursor } from "#src/base/paging.ts";
import type { TopicRow } from "../model.ts";
import { type RawTopic, topicColumns, topicFrom, topicTables } from "../store/topics.ts";
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
  readonly topic: TopicRow;
  /** Of the post, in its topic. */
  readonly number: number;
  /** As it was typed; of a topic's first post with the title before it. */
  readonly text: string;
}

/** What was found, best first. */
export interface Findings extends Page<FoundPost> {
  /** The stems that were searched for: what to mark in excerpts. */
  readonly stems: readonly string[];
  /** Nothing holds the words as they were typed, so ones that differ by one slip were searched for. */
  readonly isCorrected: boolean;
}

const keySchema = z.tuple([z.number(), z.uuid(), z.number()]);

/** The stems of words that are asked for. */
const stemsOf = askedTogether<readonly string[], string[]>(async (db, asked) => {
  const found = await sql<{ stems: string[] }>`
    select tsvector_to_array(to_tsvector(${STEMMING}, asked.words)) as stems
    from unnest(${asked.map((words) => words.join(" "))}::text[]) with ordinality as asked (words, n) order by n`.execute(
    db,
  );
  return found.rows.map(({ stems }) => stems);
});

/** Each stem that no post holds, as one that some post does and that differs by a slip; undefined where there is none. */
async function corrected(tx: Db, community: CommunityId, stems: readonly string[]): Promise<string[] | undefined> {
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

/** What posts must hold: words in any of their forms, or stems as they are. */
type Wanted = { readonly words: string } | { readonly stems: readonly string[] };

/** Stems hold letters and digits alone. */
function allOf(wanted: Wanted): RawBuilder<unknown> {
  const stems = "stems" in wanted ? wanted.stems.map((stem) => `'${stem}'`).join(" & ") : null;
  const words = "words" in wanted ? wanted.words : "";
  return sql`coalesce(${stems}::tsquery, plainto_tsquery(${STEMMING}, ${words}))`;
}

/**
 * The topics that answer by their best posts, best first. One text for every search, because connections keep it: what is not
 * asked for is null.
 */
function best(
  search: Omit<PostSearch, "typed" | "after"> & { readonly community: CommunityId },
  query: RawBuilder<unknown>,
  below?: readonly [number, string],
): RawBuilder<unknown> {
  const { community, boardIds, memberId = null, tag = null, solved = null, from, to, limit } = search;
  const [since, until] = [from === undefined ? null : new Date(from), to === undefined ? null : new Date(to)];
  const [score = null, id = null] = below ?? [];
  return sql`hub_search_best(${community}, ${query}, ${[...boardIds]}::uuid[], ${MOST_WEIGHED}, ${memberId}, ${since}, ${until},
    ${tag}, ${solved}, ${score}, ${id}, ${limit})`;
}

type Row = RawTopic & {
  readonly messageId: string;
  readonly score: number;
  /** Of the post; the topic's own stands beside it. */
  readonly at: number;
  readonly text: string;
};

/** The topics that answer with everything that is shown of them, in one statement. */
async function matches(
  db: Db,
  search: PostSearch & { readonly community: CommunityId },
  { wanted, below }: { wanted: Wanted; below: readonly [number, string] | undefined },
): Promise<Row[]> {
  const { community, limit } = search;
  const found = await sql<Row>`
    select b.message_id as "messageId", b.score, b.number as at, ${topicColumns}, coalesce(w.text, '') as text
    from ${best({ ...search, limit: limit + 1 }, allOf(wanted), below)} b
    join (${topicTables}) on t.community_id = ${community} and t.number = b.topic
    left join messages w on w.community_id = ${community} and w.id = b.message_id
    order by b.score desc, b.message_id desc`.execute(db);
  return found.rows;
}

/** The page of rows that answer. */
function findingsOf(rows: readonly Row[], limit: number, isCorrected: boolean): Pick<Findings, "items" | "next"> {
  const { items, next } = pageOf(rows, limit, ({ score, messageId }) => [score, messageId, isCorrected ? 1 : 0]);
  return {
    items: items.map(({ messageId: _, score: __, at, text, ...topic }) => ({
      topic: topicFrom(topic),
      number: at,
      text,
    })),
    next,
  };
}

/**
 * Topics of which a post holds every word that was typed, in any of its forms, best first: words of the title weigh most,
 * then tags, then the text; of equals the newest. When nothing answers, words that differ by one slip are tried.
 */
export async function findPosts(db: Db, community: CommunityId, search: PostSearch): Promise<Findings> {
  const { limit } = search;
  const key = readCursor(search.after, keySchema);
  const below = key && ([key[0], key[1]] as const);
  const words = queryWords(search.typed);
  const none: Findings = { items: [], next: null, stems: [], isCorrected: false };
  if (words.length === 0 || search.boardIds.length === 0) return none;
  const inside = { ...search, community };
  const wasCorrected = key?.[2] === 1;
  const [typed, rows] = await Promise.all([
    stemsOf(db, words),
    wasCorrected ? [] : matches(db, inside, { wanted: { words: words.join(" ") }, below }),
  ]);
  if (rows.length > 0 || (key !== undefined && !wasCorrected))
    return { ...findingsOf(rows, limit, false), stems: typed, isCorrected: false };
  const stems = typed.length === 0 ? undefined : await corrected(db, community, typed);
  if (stems === undefined || stems.join(" ") === typed.join(" ")) return { ...none, stems: typed };
  const better = await matches(db, inside, { wanted: { stems }, below });
  return { ...findingsOf(better, limit, true), stems, isCorrected: true };
}

/**
 * Topics whose titles share words with one that is being typed, most alike first: so that nobody asks what was answered.
 */
export async function similarTopics(
  db: Db,
  community: CommunityId,
  { title, boardIds, limit }: { title: string; boardIds: readonly string[]; limit: number },
): Promise<number[]> {
  const stems = await stemsOf(db, queryWords(title));
  if (stems.length === 0) return [];
  const any = stems.map((stem) => `'${stem}':A`).join(" | ");
  // Titles alone are words of the greatest weight, and only first posts have one.
  const found = await sql<{ topic: number }>`
    select topic from ${best({ community, boardIds, limit }, sql`${any}::tsquery`)} b
    where number = 1 order by score desc, message_id desc`.execute(db);
  return found.rows.map(({ topic }) => topic);
}
