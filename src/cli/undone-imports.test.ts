import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { broughtNumbers } from "#src/analytics/queries.ts";
import { sheetsInOrder } from "#src/analytics/testing/sheets-in-order.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { dice } from "#src/base/testing/dice.ts";
import { catchUp } from "./catch-up.ts";
import { consumers } from "#src/consumers.ts";
import { importHistory, withdrawHistory } from "#src/imports/actions.ts";

const databases = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "veche-undone-"));
afterAll(() => rm(folder, { recursive: true }));
const signal = new AbortController().signal;

interface Told {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  readonly chat?: number;
}

const START = Date.UTC(2024, 0, 1) / 1000;

/** A message as an export of some day tells it: answers, edits, reactions, links, and now and then somebody who joins. */
function message(id: number, roll: (below: number) => number): object {
  const unix = START + id * 7200;
  const base = { id, date: new Date(unix * 1000).toISOString().slice(0, 19), date_unixtime: String(unix) };
  const who = { name: `Person ${id % 7}`, id: `user${id % 7}` };
  if (id % 11 === 0)
    return { ...base, type: "service", actor: who.name, actor_id: who.id, action: "join_group_by_link", text: "" };
  const edition = roll(3);
  const link = { type: "link", text: `https://camp${edition}.example/${id}` };
  return {
    ...base,
    type: "message",
    from: who.name,
    from_id: who.id,
    text: id % 5 === 0 ? [`Where is ${id}? `, link] : `said ${id} edition ${edition}`,
    ...(edition > 0 ? { edited_unixtime: String(unix + edition * 60) } : {}),
    ...(id % 3 === 0 ? { reply_to_message_id: id - 1 - (id % 6) } : {}),
    ...(roll(2) === 0 ? { reactions: [marked("👍", unix, roll)] } : {}),
    ...(roll(3) === 0 ? { reactions: [marked("🔥", unix, roll)] } : {}),
  };
}

/** A mark of which an export names the last givers: some write as well, some do nothing else. */
function marked(emoji: string, unix: number, roll: (below: number) => number): object {
  const date = new Date((unix + 60) * 1000).toISOString().slice(0, 19);
  const givers = Array.from({ length: roll(4) }, () => roll(12));
  const recent = givers.map((who) => ({ from: `Person ${who}`, from_id: `user${who}`, date }));
  return { type: "emoji", count: 1 + roll(4), emoji, recent };
}

function written({ name, from, to, seed, chat = 777 }: Told): string {
  const roll = dice(seed);
  const path = join(folder, `${name}.json`);
  const messages = Array.from({ length: to - from }, (_, i) => message(from + i, roll));
  writeFileSync(path, JSON.stringify({ name: `Hall ${chat}`, type: "public_supergroup", id: chat, messages }));
  return path;
}

async function settled(community: CommunityId): Promise<void> {
  await catchUp({ databases, community, consumers, signal });
}

async function bring(community: CommunityId, told: Told): Promise<string> {
  const { id } = await importHistory({ databases, community, file: written(told), timeZone: "UTC", signal });
  await settled(community);
  return id;
}

async function bringTable(community: CommunityId, table: string): Promise<string> {
  const file = join(folder, "days.csv");
  writeFileSync(file, table);
  return (await importHistory({ databases, community, file, timeZone: "UTC", signal })).id;
}

/** How many members each of the first three days of May 2024 is shown with. */
async function membersByDay(community: CommunityId): Promise<readonly (number | null)[]> {
  const run = <T>(work: (tx: Tx) => Promise<T>) => databases.asCommunity(community, work);
  const days = { from: "2024-05-01", to: "2024-05-03", spaces: [] };
  const { items } = await broughtNumbers({ community, timeZone: "UTC", now: 0, run }, days);
  return items.find(({ metric }) => metric === "members")?.values ?? [];
}

async function undo(community: CommunityId, id: string) {
  const undone = await withdrawHistory({ databases, community, id, signal });
  await settled(community);
  return undone;
}

/** Tables that tell what happened, not how things are. */
const HISTORIES = ["facts", "log_heads", "cursors", "parked_facts", "consumer_leases", "imports"];

/** A checksum of every table's content in a community. The moment at which a list was renewed is no content. */
async function checksums(community: CommunityId): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = current_schema()::regnamespace
      and c.relpersistence = 'p' and c.relname <> all(${HISTORIES}) order by 1`.execute(databases.owner);
  const sums: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const found = await sql<{ sum: string | null }>`
      select count(*) || ' ' || md5(coalesce(string_agg(line, ',' order by line), '')) as sum from (
        select (to_jsonb(t) - 'renewed_at')::text as line from ${sql.table(name)} t where t.community_id = ${community}) l`.execute(
      databases.owner,
    );
    sums[name] = found.rows[0]?.sum ?? "";
  }
  sums["day_sheets"] = await sheetsInOrder(databases, community);
  return sums;
}

/** What a community holds and counts, without the ids that are made anew each time. */
async function content(community: CommunityId): Promise<object> {
  const person = (column: string) => sql`(select i.external_id from identities i
    where i.community_id = ${community} and i.member_id = ${sql.ref(column)})`;
  const space = (column: string) => sql`(select s.external_id from spaces s
    where s.community_id = ${community} and s.id = ${sql.ref(column)})`;
  const found = await sql<{ content: object }>`
    select jsonb_build_object(
      'messages', (select jsonb_agg(jsonb_build_array(${space("m.space_id")}, m.external_id, ${person("m.member_id")}, m.text, m.edited_at,
        m.is_question, (select p.external_id from messages p where p.community_id = m.community_id and p.id = m.reply_to_id),
        (select jsonb_object_agg(emoji, count) from message_reactions r where r.community_id = m.community_id and r.message_id = m.id),
        (select jsonb_agg(jsonb_build_array(r.emoji, ${person("r.member_id")}) order by r.emoji, ${person("r.member_id")})
          from message_reactors r where r.community_id = m.community_id and r.message_id = m.id),
        (select jsonb_agg(url order by position) from message_links l where l.community_id = m.community_id and l.message_id = m.id)
        ) order by ${space("m.space_id")}, m.sent_at, m.external_id) from messages m where m.community_id = ${community}),
      'moves', (select jsonb_agg(jsonb_build_array(${space("v.space_id")}, v.happened_at, v.kind, ${person("v.member_id")})
        order by ${space("v.space_id")}, v.happened_at) from member_moves v where v.community_id = ${community}),
      'people', (select jsonb_agg(external_id order by external_id) from identities where community_id = ${community}),
      'members', (select count(*) from members where community_id = ${community}),
      'spaces', (select jsonb_agg(external_id order by external_id) from spaces where community_id = ${community}),
      'days', (select jsonb_agg(jsonb_build_array(${person("d.member_id")}, ${space("d.space_id")}, d.day, d.messages, d.replies, d.questions)
        order by ${person("d.member_id")}, ${space("d.space_id")}, d.day) from member_days d where d.community_id = ${community}),
      'cards', (select jsonb_agg(jsonb_build_array(name, messages, active_days, last_at) order by name)
        from member_cards where community_id = ${community}),
      'answers', (select sum(answers) from member_answers where community_id = ${community}),
      'counts', (select jsonb_object_agg(topic || day || key, count) from (select topic, day, key, sum(count) as count
        from day_counts where community_id = ${community} group by 1, 2, 3) c),
      'arrivals', (select count(*) || ' ' || sum(day) || ' ' || count(answered_after) from arrivals where community_id = ${community}),
      'sheets', (select count(*) || ' ' || sum(length(writing)) || ' ' || sum(length(answering)) from day_sheets
        where community_id = ${community})
    ) as content`.execute(databases.owner);
  return found.rows[0]?.content ?? {};
}

describe("an import that is undone", () => {
  test("leaves every table as it was before, whatever it overlapped, edited, answered and added", async () => {
    const community = await emptyCommunity(databases, "Europe/Moscow");
    await bring(community, { name: "first", from: 40, to: 140, seed: 1 });
    const before = await checksums(community);
    const id = await bring(community, { name: "second", from: 1, to: 200, seed: 2 });
    expect(await checksums(community)).not.toEqual(before);
    expect(await undo(community, id)).toMatchObject({ status: "withdrawn", mayUndo: false });
    expect(await checksums(community)).toEqual(before);
    const facts = await sql<{ kind: string }>`
      select kind from facts where community_id = ${community} and kind like 'history.%' order by seq`.execute(
      databases.owner,
    );
    expect(facts.rows.map((row) => row.kind)).toEqual(["history.imported", "history.imported", "history.withdrawn"]);
  });

  test("leaves an empty community empty", async () => {
    const community = await emptyCommunity(databases);
    const before = await checksums(community);
    const id = await bring(community, { name: "alone", from: 1, to: 100, seed: 3 });
    await undo(community, id);
    const after = await checksums(community);
    // The list of members was made once, and holds nobody.
    expect({ ...after, member_lists: "" }).toEqual({ ...before, member_lists: "" });
  });

  test("changes nothing the second time, and is told once", async () => {
    const community = await emptyCommunity(databases);
    const id = await bring(community, { name: "twice", from: 1, to: 50, seed: 4 });
    await undo(community, id);
    expect(await undo(community, id)).toMatchObject({ status: "withdrawn" });
    const facts = await sql`
      select from facts where community_id = ${community} and kind = 'history.withdrawn'`.execute(databases.owner);
    expect(facts.rows).toHaveLength(1);
  });

  test("stopped on the way, goes on where it was", async () => {
    const community = await emptyCommunity(databases);
    await bring(community, { name: "kept", from: 40, to: 60, seed: 6 });
    const before = await checksums(community);
    const id = await bring(community, { name: "stopped", from: 1, to: 90, seed: 7 });
    const stopping = new AbortController();
    const stop = (): void => stopping.abort();
    const half = await withdrawHistory({ databases, community, id, signal: stopping.signal, onUndone: stop });
    expect(half).toMatchObject({ status: "withdrawing", withdrawn: { kept: 0 } });
    expect(half.withdrawn?.messages).toBeGreaterThan(0);
    await undo(community, id);
    expect(await checksums(community)).toEqual(before);
  });

  test("leaves answers to what it brought without anything they answer", async () => {
    const community = await emptyCommunity(databases);
    const later = { name: "answers", from: 104, to: 160, seed: 9 };
    const id = await bring(community, { name: "answered", from: 1, to: 104, seed: 8 });
    await bring(community, later);
    await undo(community, id);
    const fresh = await emptyCommunity(databases);
    await bring(fresh, later);
    expect(await content(community)).toEqual(await content(fresh));
  });

  test("leaves no chat behind when the other import that had brought it was undone before", async () => {
    const community = await emptyCommunity(databases);
    const one = await bring(community, { name: "one", from: 1, to: 40, seed: 11 });
    const other = await bring(community, { name: "other", from: 40, to: 80, seed: 12 });
    await undo(community, one);
    expect(await content(community)).toMatchObject({ spaces: ["-100777"] });
    await undo(community, other);
    expect(await content(community)).toMatchObject({ spaces: null, people: null, messages: null });
  });

  test("gives a day back the number that an earlier table had told of it", async () => {
    const community = await emptyCommunity(databases);
    await bringTable(community, "date,members\n2024-05-01,120\n2024-05-02,130\n");
    const before = await membersByDay(community);
    expect(before).toEqual([120, 130, null]);
    const id = await bringTable(community, "date,members\n2024-05-02,999\n2024-05-03,1000\n");
    expect(await membersByDay(community)).toEqual([120, 999, 1000]);
    await undo(community, id);
    expect(await membersByDay(community)).toEqual(before);
  });

  test("can be brought again, and is what it was", async () => {
    const community = await emptyCommunity(databases);
    const told = { name: "again", from: 1, to: 80, seed: 5 };
    const id = await bring(community, told);
    const before = await content(community);
    await undo(community, id);
    expect(await bring(community, told)).not.toBe(id);
    expect(await content(community)).toEqual(before);
  });
});

/** All orders in which two of three imports can be undone. */
const orders = [
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 2],
  [2, 0],
  [2, 1],
] as const;

describe("of three imports that overlap, undone one after another,", () => {
  test.each(orders)("what stays is as if the others had never been: without %i, then without %i", async (...gone) => {
    const seed = 10 + gone[0] * 3 + gone[1];
    const told: Told[] = [
      { name: `a${seed}`, from: 20, to: 90, seed },
      { name: `b${seed}`, from: 1, to: 60, seed: seed + 100 },
      { name: `c${seed}`, from: 50, to: 120, seed: seed + 200 },
    ];
    const community = await emptyCommunity(databases);
    const ids: string[] = [];
    for (const each of told) ids.push(await bring(community, each));
    const left = new Set([0, 1, 2]);
    for (const place of gone) {
      await undo(community, ids[place] ?? "");
      left.delete(place);
      const fresh = await emptyCommunity(databases);
      for (const other of left) {
        const each = told[other];
        if (each !== undefined) await bring(fresh, each);
      }
      expect(await content(community)).toEqual(await content(fresh));
    }
  });
});
