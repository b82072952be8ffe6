import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { WantedWord } from "#src/base/text-folding.ts";
import { COUNTED_MEMBERS } from "../model.ts";
import { stages } from "../standing/model.ts";

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
  /** Steps 0 to 12 and numbers of stages, any of which will do. The team and bots have none. */
  readonly steps?: readonly number[] | undefined;
  readonly stages?: readonly number[] | undefined;
  /** Tags, any of which will do. */
  readonly tags?: readonly string[] | undefined;
  readonly segment?: string | undefined;
}

/** A part of a narrowing that an index can list: rows with a `member_id`, possibly with repeats. */
export interface Source {
  /** What tells of one member whether they belong: an entry of any order's index, or another index. */
  readonly told: "by-entry" | "by-index";
  readonly rows: RawBuilder<unknown>;
}

/** Sorts after every word that begins with what stands before it. */
const AFTER_ALL = "\u{10ffff}";

const instant = (at: number): RawBuilder<unknown> => sql`to_timestamp(${at / 1000})`;

function wordSource(community: CommunityId, word: WantedWord): Source {
  // Ranges one after another, not joined by `or`: so a count that has seen enough can stop.
  const ranges = word.map(
    (form) => sql`select member_id from member_words
      where community_id = ${community} and word >= ${form} and word < ${form + AFTER_ALL}`,
  );
  return { told: "by-index", rows: sql`from (${sql.join(ranges, sql` union all `)}) w` };
}

const EVERY_STEP = Array.from({ length: 13 }, (_, step) => step);
const EVERY_STAGE = stages.map((_, stage) => stage);

/** One index serves levels and stages, alone and together, because both are always named. */
function standingSource(community: CommunityId, { steps, stages: lived }: Narrowing): Source[] {
  if (steps === undefined && lived === undefined) return [];
  const [anyStep, anyStage] = [[...(steps ?? EVERY_STEP)], [...(lived ?? EVERY_STAGE)]];
  const rows = sql`from member_cards w where w.community_id = ${community} and w.stage = any(${anyStage}::smallint[])
    and w.level = any(${anyStep}::smallint[]) and not w.is_staff and not w.is_bot`;
  return [{ told: "by-entry", rows }];
}

/** Tags are put on members; who was merged into somebody brings theirs along. */
function taggedPeople(community: CommunityId, tags: readonly string[]): RawBuilder<unknown> {
  return sql`select coalesce(p.person_id, t.member_id) as member_id from tagged_members t
    left join member_parts p on p.community_id = t.community_id and p.member_id = t.member_id
    where t.community_id = ${community} and t.tag_id = any(${[...tags]}::uuid[]) and exists (select from member_tags g
      where g.community_id = t.community_id and g.id = t.tag_id and g.deleted_at is null)`;
}

/** What can list the members, each alone, through an index. */
export function sourcesOf(community: CommunityId, asked: Narrowing): Source[] {
  const cards = (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`from member_cards w where w.community_id = ${community} and ${condition}`;
  const sources = asked.words.map((word) => wordSource(community, word));
  if (asked.staff === true) sources.push({ told: "by-entry", rows: cards(sql`w.is_staff`) });
  if (asked.bots === true) sources.push({ told: "by-entry", rows: cards(sql`w.is_bot`) });
  if (asked.platform !== undefined)
    sources.push({
      told: "by-index",
      rows: sql`from (select coalesce(p.person_id, i.member_id) as member_id from identities i
        left join member_parts p on p.community_id = i.community_id and p.member_id = i.member_id
        where i.community_id = ${community} and i.platform = ${asked.platform}) w`,
    });
  if (asked.space !== undefined)
    sources.push({
      told: "by-index",
      rows: sql`from member_spaces w where w.community_id = ${community} and w.space_id = ${asked.space}`,
    });
  if (asked.tags !== undefined)
    sources.push({ told: "by-index", rows: sql`from (${taggedPeople(community, asked.tags)}) w` });
  if (asked.segment !== undefined)
    sources.push({
      told: "by-index",
      rows: sql`from segment_members w where w.community_id = ${community} and w.segment_id = ${asked.segment}`,
    });
  sources.push(...standingSource(community, asked));
  if (asked.activeFrom !== undefined)
    sources.push({ told: "by-entry", rows: cards(sql`w.last_at >= ${instant(asked.activeFrom)}`) });
  if (asked.firstSeenFrom !== undefined)
    sources.push({ told: "by-entry", rows: cards(sql`w.first_at >= ${instant(asked.firstSeenFrom)}`) });
  if (asked.messagesAtLeast !== undefined)
    sources.push({ told: "by-entry", rows: cards(sql`w.messages >= ${asked.messagesAtLeast}`) });
  return sources;
}

/** Which of the joined tables a condition is about: `k` is an entry of an order's index, `c` a whole card. */
export type CardAlias = "k" | "c";

const conjunction = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);

/** What can be told from an entry of any order's index. */
export function entryCondition(asked: Narrowing, alias: CardAlias): RawBuilder<unknown> {
  const column = (name: string): RawBuilder<unknown> => sql.ref(`${alias}.${name}`);
  const parts: RawBuilder<unknown>[] = [];
  if (asked.staff !== undefined) parts.push(sql`${column("is_staff")} = ${asked.staff}`);
  if (asked.bots !== undefined) parts.push(sql`${column("is_bot")} = ${asked.bots}`);
  if (asked.activeFrom !== undefined) parts.push(sql`${column("last_at")} >= ${instant(asked.activeFrom)}`);
  if (asked.firstSeenFrom !== undefined) parts.push(sql`${column("first_at")} >= ${instant(asked.firstSeenFrom)}`);
  if (asked.messagesAtLeast !== undefined) parts.push(sql`${column("messages")} >= ${asked.messagesAtLeast}`);
  if (asked.steps !== undefined) parts.push(sql`${column("level")} = any(${[...asked.steps]}::smallint[])`);
  if (asked.stages !== undefined) parts.push(sql`${column("stage")} = any(${[...asked.stages]}::smallint[])`);
  if (asked.steps !== undefined || asked.stages !== undefined)
    parts.push(sql`not ${column("is_staff")} and not ${column("is_bot")}`);
  return conjunction(parts);
}

/** Whether all of a narrowing can be told from an entry of an index. */
export function isToldByEntries(asked: Narrowing): boolean {
  const { words, platform, space, tags, segment } = asked;
  return words.length === 0 && [platform, space, tags, segment].every((part) => part === undefined);
}

/** What can be told only from a whole card `c`. */
export function cardCondition(community: CommunityId, asked: Narrowing): RawBuilder<unknown> {
  const parts = asked.words.map((word) => {
    // Folded words are letters and digits, so that nothing in them means more to `like` than itself.
    const forms = word.map((form) => sql`c.words like ${`% ${form}%`}`);
    return sql`(${sql.join(forms, sql` or `)})`;
  });
  if (asked.platform !== undefined) parts.push(sql`${asked.platform} = any(c.platforms)`);
  if (asked.space !== undefined)
    parts.push(sql`exists (select from member_spaces s where s.community_id = ${community}
      and s.space_id = ${asked.space} and s.member_id = c.member_id)`);
  if (asked.tags !== undefined) parts.push(sql`c.member_id in (${taggedPeople(community, asked.tags)})`);
  if (asked.segment !== undefined)
    parts.push(sql`exists (select from segment_members g where g.community_id = ${community}
      and g.segment_id = ${asked.segment} and g.member_id = c.member_id)`);
  return conjunction(parts);
}

/** A source with the number of its rows: exact up to `COUNTED_MEMBERS`, above that at least one more. */
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

interface Explained {
  readonly "QUERY PLAN": readonly [{ readonly Plan: { readonly "Plan Rows": number } }];
}

/** As counted, with what the database's statistics say of sources too large to count; the smallest first. */
export async function estimateSources(tx: Tx, sources: readonly CountedSource[]): Promise<CountedSource[]> {
  const estimated: CountedSource[] = [];
  for (const source of sources) {
    if (source.size <= COUNTED_MEMBERS) estimated.push(source);
    else {
      const found = await sql<Explained>`explain (format json) select 1 ${source.rows}`.execute(tx);
      const guess = found.rows[0]?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
      estimated.push({ ...source, size: Math.max(source.size, guess) });
    }
  }
  return estimated.toSorted((a, b) => a.size - b.size);
}
