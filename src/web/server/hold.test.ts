import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { features } from "#src/features.ts";
import { jobNames } from "#src/hold/pages/console/work-name.ts";
import { addTestCommunity, addTestPerson, ask, sessionCookie, testSite } from "./testing/site.ts";

const databases = await testDatabase();
const site = await testSite(databases);
const camp = await addTestCommunity(databases, "camp");
const owner = await sessionCookie(site, await addTestPerson(databases, { isInstallOwner: true }));
const ids = Array.from({ length: 5 }, () => newId(Date.now()));

async function restored(): Promise<void> {
  await sql`insert into install_hold (taken_at, held_since) values (now() - interval '1 day', now())`.execute(
    databases.owner,
  );
  for (const id of ids)
    await sql`insert into held_work (id, job, content, key, due_at)
      values (${id}, 'imports.run', ${{ community: camp.id }}, ${id}, now())`.execute(databases.owner);
}

const hold = async () => (await ask(site, "/hold", { as: owner })).json?.["hold"];
const decide = (body: object) => ask(site, "/hold/decisions", { method: "POST", as: owner, body });

test("an install that was not restored is not held, and there is nothing to decide", async () => {
  expect(await hold()).toBeNull();
  expect((await decide({ decision: "go" })).json).toMatchObject({ code: "backup.not-held" });
  expect((await ask(site, "/hold/end", { method: "POST", as: owner })).status).toBe(409);
});

test("an owner goes through what waited in the backup page by page, decides, changes their mind, and ends the hold", async () => {
  await restored();
  expect(await hold()).toMatchObject({ all: 5, undecided: 5 });
  const seen: string[] = [];
  let after = "";
  do {
    const page = await ask(site, `/hold/work?limit=2${after}`, { as: owner });
    // A page of the list, as its schema says.
    const { items, next } = page.json as { items: { id: string; community: object }[]; next: string | null };
    seen.push(...items.map(({ id }) => id));
    expect(items[0]?.community).toMatchObject({ slug: "camp" });
    after = next === null ? "" : `&after=${encodeURIComponent(next)}`;
  } while (after !== "");
  expect(seen.toSorted()).toEqual(ids.toSorted());

  expect((await ask(site, "/hold/end", { method: "POST", as: owner })).json).toMatchObject({
    code: "backup.undecided",
  });
  expect((await decide({ decision: "drop" })).json).toEqual({ decided: 5 });
  expect((await decide({ ids: ids.slice(0, 2), decision: "go" })).json).toEqual({ decided: 2 });
  expect((await decide({ ids: ids.slice(0, 1), decision: null })).json).toEqual({ decided: 1 });
  expect(await hold()).toMatchObject({ all: 5, undecided: 1 });
  await decide({ ids: ids.slice(0, 1), decision: "go" });
  const ended = await ask(site, "/hold/end", { method: "POST", as: owner });
  expect(ended.json).toEqual({ sent: 2 });
  expect(await hold()).toBeNull();
});

test("an owner sees what was given up, has it tried again or drops it, and nobody else hears of it", async () => {
  const made = [newId(Date.now()), newId(Date.now())];
  for (const [number, id] of made.entries())
    await sql`insert into jobs.job (id, name, data, state, policy, retry_count, completed_on, output)
      values (${id}, 'imports.run', ${{ community: camp.id }}, 'failed', 'exclusive', 4, now() - make_interval(mins => ${number}),
        ${{ name: "RangeError", message: "what somebody wrote" }})`.execute(databases.owner);
  await sql`update jobs.queue set failed_count = 2 where name = 'imports.run'`.execute(databases.owner);
  expect((await ask(site, "/hold", { as: owner })).json).toMatchObject({ failed: 2 });
  const member = await sessionCookie(site, await addTestPerson(databases, {}));
  expect((await ask(site, "/hold", { as: member })).json).toMatchObject({ failed: 0 });

  const page = await ask(site, "/work/failed?limit=1", { as: owner });
  expect(page.json).toMatchObject({
    items: [{ id: made[0], job: "imports.run", community: { slug: "camp" }, failure: "RangeError", tries: 5 }],
  });
  expect(JSON.stringify(page.json)).not.toContain("what somebody wrote");
  const rest = await ask(site, `/work/failed?after=${encodeURIComponent(String(page.json?.["next"]))}`, { as: owner });
  expect(rest.json).toMatchObject({ items: [{ id: made[1] }], next: null });

  const settle = (ids: (string | undefined)[], become: string) =>
    ask(site, "/work/failed/settlements", { method: "POST", as: owner, body: { ids, become } });
  expect((await settle(made.slice(0, 1), "drop")).json).toEqual({ settled: 1 });
  expect((await settle(made, "again")).json).toEqual({ settled: 1 });
  expect((await ask(site, "/work/failed", { as: owner })).json).toMatchObject({ items: [] });
  const waiting = await sql<{ data: object }>`
    select data from jobs.job where name = 'imports.run' and state = 'created'`.execute(databases.owner);
  expect(waiting.rows).toContainEqual({ data: { community: camp.id } });
});

test("every job goes by a name that people understand", () => {
  const names = features.flatMap(({ jobs }) => jobs.map(({ name }) => name));
  expect(names.filter((name) => jobNames[name] === undefined)).toEqual([]);
});
