import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { WantedWord } from "#src/base/text-folding.ts";
import { COUNTED_MEMBERS } from "../model.ts";

/** Which members are meant, in terms of the tables. Instants in milliseconds since 1970 UTC. */
export interface Narrowing {
  readonly words: readonly WantedWord[];
  readonly platform?: string | undefined;
  readonly space?: string | undefined;
  readonly staff?: boolean | undefined;
  readonly bots?: boolean | undefined;
  readonly activeFrom?: number | undefined;
  readonly firstSeenFrom?: number | undefined;
  readonly messagesAtLeast?: number | undefined;
}

/** A part of a narrowing that an index can list: rows with a `member_id`, possibly with repeats. */
export interface Source {
  /** The column of the cards by whose order the same members stand together; undefined: none. */
  readonly column?: "last_at" | "first_at" | "messages";
  readonly rows: RawBuilder<unknown>;
}

/** Sorts after every word that begins with what stands before it. */
const AFTER_ALL = "\u{10ffff}";

const instant = (at: number): RawBuilder<unknown> => sql`to_timestamp(${at / 1000})`;

function wordSource(community: CommunityId, word: WantedWord): Source {
  const ranges = word.map((form) => sql`(w.word >= ${form} and w.word < ${form + AFTER_ALL})`);
  return {
    rows: sql`from member_words w where w.community_id = ${community} and (${sql.join(ranges, sql` or `)})`,
  };
}

/** What can list the members, each alone, through an index. */
export function sourcesOf(community: CommunityId, asked: Narrowing): Source[] {
  const cards = (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`from member_cards w where w.community_id = ${community} and ${condition}`;
  const sources = asked.words.map((word) => wordSource(community, word));
  if (asked.staff === true) sources.push({ rows: cards(sql`w.is_staff`) });
  if (asked.bots === true) sources.push({ rows: cards(sql`w.is_bot`) });
  if (asked.platform !== undefined)
    sources.push({
      rows: sql`from identities w where w.community_id = ${community} and w.platform = ${asked.platform}`,
    });
  if (asked.space !== undefined)
    sources.push({
      rows: sql`from member_spaces w where w.community_id = ${community} and w.space_id = ${asked.space}`,
    });
  if (asked.activeFrom !== undefined)
    sources.push({ column: "last_at", rows: cards(sql`w.last_at >= ${instant(asked.activeFrom)}`) });
  if (asked.firstSeenFrom !== undefined)
    sources.push({ column: "first_at", rows: cards(sql`w.first_at >= ${instant(asked.firstSeenFrom)}`) });
  if (asked.messagesAtLeast !== undefined)
    sources.push({ column: "messages", rows: cards(sql`w.messages >= ${asked.messagesAtLeast}`) });
  return sources;
}

/** The whole narrowing as a condition on one card `c`. */
export function conditionOf(community: CommunityId, asked: Narrowing): RawBuilder<unknown> {
  const parts = asked.words.map((word) => {
    // Folded words are letters and digits, so that nothing in them means more to `like` than itself.
    const forms = word.map((form) => sql`c.words like ${`% ${form}%`}`);
    return sql`(${sql.join(forms, sql` or `)})`;
  });
  if (asked.staff !== undefined) parts.push(asked.staff ? sql`c.is_staff` : sql`not c.is_staff`);
  if (asked.bots !== undefined) parts.push(asked.bots ? sql`c.is_bot` : sql`not c.is_bot`);
  if (asked.platform !== undefined) parts.push(sql`${asked.platform} = any(c.platforms)`);
  if (asked.space !== undefined)
    parts.push(sql`exists (select from member_spaces s where s.community_id = ${community}
      and s.space_id = ${asked.space} and s.member_id = c.member_id)`);
  if (asked.activeFrom !== undefined) parts.push(sql`c.last_at >= ${instant(asked.activeFrom)}`);
  if (asked.firstSeenFrom !== undefined) parts.push(sql`c.first_at >= ${instant(asked.firstSeenFrom)}`);
  if (asked.messagesAtLeast !== undefined) parts.push(sql`c.messages >= ${asked.messagesAtLeast}`);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

/** A source with the number of its rows, counted up to one more than `COUNTED_MEMBERS`. */
export interface CountedSource extends Source {
  readonly size: number;
}

/** Counts the sources in one statement, the smallest first. */
export async function countSources(tx: Tx, sources: readonly Source[]): Promise<CountedSource[]> {
  if (sources.length === 0) return [];
  const counts = sources.map(
    ({ rows }) => sql`(select count(*) from (select 1 ${rows} limit ${COUNTED_MEMBERS + 1}) x)::int`,
  );
  const found = await sql<{ sizes: number[] }>`select array[${sql.join(counts)}] as sizes`.execute(tx);
  const sizes = found.rows[0]?.sizes ?? [];
  return sources.map((source, i) => ({ ...source, size: sizes[i] ?? 0 })).toSorted((a, b) => a.size - b.size);
}
