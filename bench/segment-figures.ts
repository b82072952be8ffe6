import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { startOfLocalDay } from "#src/base/clock.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { append } from "#src/log/append.ts";
import { readLog } from "#src/log/read.ts";
import { membersApi } from "#src/members/api.ts";
import { memberList } from "#src/members/reactions.ts";
import type { SegmentFilter } from "#src/members/segments/model.ts";
import { atMost, quantile, told, type Figure } from "./figure.ts";
import { community, facts, MEMBERS, NOW } from "./million.ts";

/** So many people write before the segments are looked at again. */
const WRITERS = 1000;
const REPEATS = 100;

const filters: Readonly<Record<string, SegmentFilter>> = {
  "Everybody but the team": { staff: false, bots: false },
  "Active this quarter": { activeWithin: 90 },
  "Newcomers who write": { stage: ["newcomer"], messagesAtLeast: 2 },
  "Those we may lose": { stage: ["slipping", "dormant"], level: ["contributing", "leading"] },
  "Annas in Discord": { search: "anna", platform: "discord" },
  "In the main space": { space: "00000000-0000-7000-9000-000000000000", messagesAtLeast: 10 },
};

function clientOf(databases: Databases) {
  const caller = keyIn(facts, "analyst");
  return createRouterClient(membersApi, {
    context: testCall({ databases, caller, communities: [facts] }, { now: () => NOW }),
  });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const read = (databases: Databases) => readLog(databases, memberList, { community, holder: newId(NOW) });

async function saveSegments(client: ReturnType<typeof clientOf>): Promise<void> {
  const { items } = await client.segments({ community: facts.slug });
  for (const each of items) await client.deleteSegment({ community: facts.slug, segment: each.id });
  for (const [name, filter] of Object.entries(filters))
    await client.saveSegment({ community: facts.slug, name, filter });
}

/** A thousand people write on the day after the last: what counting leaves of it, without the messages. */
async function letWrite(databases: Databases): Promise<void> {
  const last = await sql<{ day: number }>`
    select standing_day as day from member_lists where community_id = ${community}`.execute(databases.owner);
  const day = (last.rows[0]?.day ?? 0) + 1;
  const at = startOfLocalDay(day, facts.timeZone);
  await databases.asOwner(async (tx) => {
    await sql`
      with writers as (
        select ('00000000-0000-7000-8000-' || lpad(to_hex(1 + (n * 9973 % ${MEMBERS})::int), 12, '0'))::uuid as id
        from generate_series(1, ${WRITERS}) n
      ), days as (
        insert into member_days (community_id, member_id, day, space_id, messages, replies, questions, first_at, last_at)
        select ${community}, id, ${day}, '00000000-0000-7000-9000-000000000000', 1, 1, 0, to_timestamp(${at / 1000}),
          to_timestamp(${at / 1000}) from writers
        on conflict do nothing
      ), totals as (
        update member_totals t set messages = t.messages + 1, active_days = t.active_days + 1,
          last_at = to_timestamp(${at / 1000})
        from writers w where t.community_id = ${community} and t.member_id = w.id
      )
      insert into member_changes (community_id, member_id) select ${community}, id from writers on conflict do nothing`.execute(
      tx,
    );
    const payload = { firstAt: at, lastAt: at };
    await append(tx, community, [{ kind: "members.counted", happenedAt: at, payload }]);
  });
}

/** Whether each segment holds as many as the list itself finds by the filter now. */
async function areRight(databases: Databases): Promise<boolean> {
  const { items } = await clientOf(databases).segments({ community: facts.slug });
  const held = await sql<{ id: string; members: number }>`
    select segment_id as id, count(*) as members from segment_members where community_id = ${community}
    group by segment_id`.execute(databases.owner);
  const counts = new Map(held.rows.map((row) => [row.id, row.members]));
  const before = new Map(items.map((item) => [item.id, item.members]));
  await sql`update segments set members = null where community_id = ${community}`.execute(databases.owner);
  await databases.asOwner((tx) =>
    append(tx, community, [{ kind: "segment.changed", happenedAt: NOW, payload: { segmentId: items[0]?.id ?? "" } }]),
  );
  await read(databases);
  const anew = (await clientOf(databases).segments({ community: facts.slug })).items;
  return anew.every(({ id, members }) => members === before.get(id) && members === (counts.get(id) ?? 0));
}

/**
 * How quickly segments say how many they hold, and how much less it takes to follow a thousand people than to put them
 * together anew; then whether following them has led to the same.
 */
export async function segmentFigures(databases: Databases, say: (line: string) => void): Promise<Figure[]> {
  const client = clientOf(databases);
  await saveSegments(client);
  const filled = await seconds(() => read(databases));
  say(`${Object.keys(filters).length} segments put together: ${filled.toFixed(1)} s`);
  const times: number[] = [];
  for (let n = 0; n < REPEATS; n++) {
    const { items } = await client.segments({ community: facts.slug });
    const segment = items[n % items.length]?.id ?? "";
    const started = performance.now();
    await (n % 2 === 0 ? client.segments({ community: facts.slug }) : client.list({ community: facts.slug, segment }));
    times.push(performance.now() - started);
  }
  await letWrite(databases);
  const followed = await seconds(() => read(databases));
  say(`list and segments after ${WRITERS} people wrote: ${followed.toFixed(1)} s`);
  const wrong = (await areRight(databases)) ? 0 : 1;
  return [
    atMost(`segment count at ${MEMBERS} members, p95 of ${REPEATS} requests`, {
      value: quantile(times, 0.95),
      goal: 50,
      unit: "ms",
    }),
    told(`putting ${Object.keys(filters).length} segments together from nothing`, filled, "s"),
    atMost(`list, levels and segments after ${WRITERS} people wrote`, { value: followed, goal: 10, unit: "s" }),
    atMost("segments that hold others than their filter finds", { value: wrong, goal: 0, unit: "" }),
  ];
}
