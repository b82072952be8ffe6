import { sql } from "kysely";
import { expect, test } from "vitest";
import { provenCommunity } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { makeSample, removeSample } from "./actions.ts";
import { SAMPLE_DAYS, SAMPLE_PEOPLE, tellStory } from "./story/story.ts";

const databases = await testDatabase();
const NOW = Date.UTC(2026, 10, 22, 12);
const story = tellStory({ endsAt: NOW - 86_400_000 });

test("the same year is told each time", () => {
  const brief = (posts: typeof story.posts): string =>
    JSON.stringify(posts.map(({ at, who, text }) => [at, who.number, text]));
  expect(brief(tellStory({ endsAt: NOW - 86_400_000 }).posts)).toBe(brief(story.posts));
  expect(brief(tellStory({ endsAt: NOW - 86_400_000, seed: 2 }).posts)).not.toBe(brief(story.posts));
});

test("a year of four hundred people in two languages on two platforms, and nothing later than its last day", () => {
  const people = new Set([...story.posts, ...story.comings].map(({ who }) => who.number));
  expect(people.size).toBe(SAMPLE_PEOPLE);
  const names = new Set([...story.posts].map(({ who }) => who.name));
  expect(names.size).toBe(new Set(story.posts.map(({ who }) => who.number)).size);
  const days = new Set(story.posts.map(({ at }) => Math.floor(at / 86_400_000)));
  expect(days.size).toBeGreaterThanOrEqual(SAMPLE_DAYS);
  expect(Math.max(...story.posts.map(({ at }) => at))).toBeLessThan(Date.UTC(2026, 10, 21, 21));
  for (const platform of ["telegram", "discord"])
    expect(story.posts.filter(({ place }) => place.platform === platform).length).toBeGreaterThan(3_000);
});

test("no gap of a sentence is left unfilled, and every answer comes after what it answers", () => {
  expect(story.posts.filter(({ text }) => /[{}]|undefined/.test(text))).toEqual([]);
  expect(story.posts.filter(({ at, replyTo }) => replyTo !== undefined && replyTo.at > at)).toEqual([]);
});

test("removing the sample leaves nothing of it in any table, and everything of the others", async () => {
  const others = await emptyCommunity(databases);
  await sql`insert into members (community_id, id, name, created_at) values (${others}, ${newId(NOW)}, 'Kept', now())`.execute(
    databases.owner,
  );
  const slug = await makeSample(databases, { ownerId: undefined, language: "en", now: () => NOW });
  expect(await makeSample(databases, { ownerId: undefined, language: "ru", now: () => NOW })).toBe(slug);
  const made = await sql<{ id: string; isSample: boolean; messages: number }>`
    select id, is_sample as "isSample", (select count(*) from messages m where m.community_id = c.id) as messages
    from communities c where slug = ${slug}`.execute(databases.owner);
  const sample = provenCommunity(made.rows[0]?.id ?? "");
  expect(made.rows[0]).toMatchObject({ isSample: true, messages: story.posts.length });

  await removeSample(databases, () => NOW);
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`.execute(
    databases.owner,
  );
  for (const { name } of tables.rows) {
    const left = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(name)} where community_id = ${sample}`.execute(databases.owner);
    expect({ name, n: left.rows[0]?.n }).toEqual({ name, n: 0 });
  }
  const kept = await sql<{ n: number }>`select count(*) as n from members where community_id = ${others}`.execute(
    databases.owner,
  );
  expect(kept.rows[0]?.n).toBe(1);
  await expect(removeSample(databases, () => NOW)).rejects.toThrow("sample.none");
});
