import { sql } from "kysely";
import { expect, test } from "vitest";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { importHistory, withdrawHistory } from "../actions.ts";
import { START, telegramFile } from "../pipeline/sample-history.ts";

const databases = await testDatabase();
const signal = new AbortController().signal;

test("undoing keeps whoever writes just while it looks for people of whom nothing is left", async () => {
  const community = await emptyCommunity(databases);
  const file = telegramFile("leaving.json", 1, 20);
  const { id } = await importHistory({ databases, community, file, timeZone: "UTC", signal });
  const [begun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const base = { spaceExternalId: "porch", externalId: "1", sentAt: START * 1000, text: "still here" };
  const author = { externalId: "1", name: "Person 1", kind: "person" } as const;
  const writing = openIntake({ databases, community, platform: "telegram", now: () => START * 1000 }).store(
    {
      spaces: [{ externalId: "porch", name: "Porch", kind: "chat" }],
      messages: [{ ...base, author, kind: "text", isQuestion: false, links: [], reactions: [] }],
      moves: [],
    },
    async () => {
      begun.resolve();
      await mayEnd.promise;
    },
  );
  await begun.promise;
  let isOver = false;
  const undone = withdrawHistory({ databases, community, id, signal }).finally(() => (isOver = true));
  const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => isOver || (await waits.execute(databases.owner)).rows.length > 0).toBe(true);
  mayEnd.resolve();
  await writing;
  expect(await undone).toMatchObject({ status: "withdrawn" });
  const people = await sql<{ account: string }>`
    select external_id as account from identities where community_id = ${community}`.execute(databases.owner);
  expect(people.rows.map(({ account }) => account)).toEqual(["1"]);
});
