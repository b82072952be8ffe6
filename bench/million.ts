import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { CommunityFacts } from "#src/accounts/call.ts";
import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import { readConfig } from "#src/base/config.ts";
import type { Databases } from "#src/base/database.ts";
import { openInstallation } from "#src/base/installation.ts";
import { memberList } from "#src/members/reactions.ts";
import { nameParts } from "./names.ts";

/** People in the community of the bench; fewer for trying it out. */
export const MEMBERS = Number(process.env["BENCH_MEMBERS"] ?? 1_000_000);
const SLICE = 50_000;
/** The moment at which the bench takes place. */
export const NOW = Date.UTC(2026, 10, 22);

/** The same in every run, so that `BENCH_FOLDER` can name a folder in which a run before has left its million. */
const id = "019f0000-0000-7000-8000-000000000001";
/** The community of a million. */
export const facts: CommunityFacts = { id, slug: "big", name: "Big", language: "ru", timeZone: "Europe/Moscow" };
/** Its proven id. */
export const community: CommunityId = provenCommunity(facts.id);

async function writePeople(databases: Databases, from: number): Promise<void> {
  const { russian, russianLast, latin, latinLast, nicknames } = nameParts;
  await sql`
    with drawn as (
      select i, random() as style, random() as a, random() as b, random() as c, power(random(), 6) as zeal,
        random() as came, random() as went
      from generate_series(${from}::int, ${Math.min(MEMBERS, from + SLICE - 1)}::int) i
    ), named as (
      select *, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid as id, case
        when style < 0.5 then (${russian}::text[])[1 + floor(a * a * ${russian.length})::int] || ' ' ||
          (${russianLast}::text[])[1 + floor(b * b * ${russianLast.length})::int] || case when c < 0.45 then 'а' else '' end
        when style < 0.85 then (${latin}::text[])[1 + floor(a * a * ${latin.length})::int] || ' ' ||
          (${latinLast}::text[])[1 + floor(b * b * ${latinLast.length})::int]
        when style < 0.93 then (${latin}::text[])[1 + floor(a * a * ${latin.length})::int]
        else (${nicknames}::text[])[1 + floor(a * ${nicknames.length})::int] || floor(b * 10000)::int end as name
      from drawn
    ), people as (
      insert into members (community_id, id, name, is_staff, is_bot, created_at)
      select ${community}, id, name, i % 20000 = 7, i % 5000 = 11, to_timestamp(${NOW / 1000}) from named
    ), accounts as (
      insert into identities (community_id, id, member_id, platform, external_id, name, username, created_at)
      select ${community}, gen_random_uuid(), id, case when i % 50 = 0 then 'discord' else 'telegram' end,
        'user' || (100000000 + i * 977), name, case when a < 0.6 then
          lower((${latin}::text[])[1 + floor(a * ${latin.length})::int]) || '_' || substr(md5(i::text), 1, 6) end,
        to_timestamp(${NOW / 1000}) from named
    ), days as (
      insert into member_days (community_id, member_id, day, space_id, messages, replies, questions, first_at, last_at)
      select ${community}, id, 20400 - floor(went * 1000)::int - d * 3, ('00000000-0000-7000-9000-00000000000' ||
        least(9, floor(10 * c * c)::int))::uuid, 1 + floor(zeal * 60)::int, floor(zeal * 20)::int, 0, to_timestamp(${NOW / 1000}),
        to_timestamp(${NOW / 1000})
      from named, generate_series(0, floor(zeal * 20)::int) d where style > 0.02
    )
    insert into member_totals (community_id, member_id, messages, active_days, first_at, last_at)
    select ${community}, id, 1 + floor(zeal * 20000)::int, 1 + floor(zeal * 20)::int,
      to_timestamp(${NOW / 1000} - 1e8 * greatest(came, went) - 1), to_timestamp(${NOW / 1000} - 1e8 * least(came, went))
    from named where style > 0.02`.execute(databases.owner);
}

async function isBuilt(databases: Databases): Promise<boolean> {
  const found = await sql`select from member_lists where community_id = ${community}`.execute(databases.owner);
  return found.rows.length > 0;
}

async function build(databases: Databases, say: (line: string) => void): Promise<number> {
  await sql`insert into communities (id, slug, name, language, time_zone, created_at)
    values (${facts.id}, ${facts.slug}, ${facts.name}, 'ru', ${facts.timeZone}, now())`.execute(databases.owner);
  for (let from = 1; from <= MEMBERS; from += SLICE) await writePeople(databases, from);
  say(`${MEMBERS} people with accounts, days and totals`);
  await sql`analyze`.execute(databases.owner);
  const started = performance.now();
  const payload = { firstAt: NOW - 1, lastAt: NOW };
  await databases.asOwner((tx) =>
    memberList.react(tx, community, [{ seq: 1, kind: "members.counted", happenedAt: NOW, payload }]),
  );
  const seconds = (performance.now() - started) / 1000;
  say(`the list is made: ${seconds.toFixed(1)} s`);
  await sql`vacuum (analyze)`.execute(databases.owner);
  return seconds;
}

/** A community of a million people, its list made. */
export interface Million {
  readonly databases: Databases;
  /** How long the list took to make; undefined where a run before has made it. */
  readonly listSeconds: number | undefined;
}

/**
 * Opens an installation of its own with a community of `MEMBERS` people, lets the work use it, and removes it. With
 * `BENCH_FOLDER` it stays there and is used again by the next run.
 */
export async function withMillion<T>(say: (line: string) => void, work: (million: Million) => Promise<T>): Promise<T> {
  const folder = process.env["BENCH_FOLDER"] ?? (await mkdtemp(join(tmpdir(), "veche-bench-")));
  const config = readConfig({ ...process.env, VECHE_DATA_DIR: join(folder, "data") });
  const installation = await openInstallation({ config, name: "veche bench", log: say });
  try {
    const { databases } = installation;
    const listSeconds = (await isBuilt(databases)) ? undefined : await build(databases, say);
    return await work({ databases, listSeconds });
  } finally {
    await installation.close();
    if (process.env["BENCH_FOLDER"] === undefined) await rm(folder, { recursive: true, force: true });
  }
}
