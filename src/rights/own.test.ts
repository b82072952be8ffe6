import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { newId } from "#src/base/ids.ts";
import { append } from "#src/log/append.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { hubNotices, hubSearch } from "#src/hub/reactions.ts";
import { openCamp } from "#src/hub/testing/camp.ts";
import { archiveJson } from "./archive/json.ts";
import { readOwn } from "./archive/read.ts";
import { applyRules } from "./retain.ts";
import { sweep } from "./store/places.ts";
import { setRule } from "./store/retention.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;

test("a member takes along what they gave, without what others wrote and without their password's hash", async () => {
  const [anna, boris] = [await camp.member("anna"), await camp.member("boris")];
  const wish = { community, boardId: camp.board, title: "Which water?", text: "Soft water, surely" };
  const { topic } = await anna.api.topics.openTopic(wish);
  const brought = new FormData();
  for (const [name, value] of Object.entries({ text: "anna is right", form: newId(Date.now()) }))
    brought.set(name, value);
  brought.append("files", new Blob(["soft, 4 °dH"]), "water.txt");
  await boris.sendFiles(`/t/${topic}/reply`, brought);
  await boris.api.posts.bookmark({ community, topic, number: 1, isOn: true });
  await anna.api.topics.reply({ community, topic, text: "@boris, thanks" });
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  const run: Parameters<typeof readOwn>[0] = (work) => databases.asCommunity(camp.community, work);
  const heading = { community: "Camp", madeAt: "2026-11-22T00:00:00.000Z" };
  const pieces: string[] = [];
  for await (const piece of archiveJson(readOwn(run, camp.community, boris.memberId), heading)) pieces.push(piece);
  const own = pieces.join("");
  const content = Buffer.from("soft, 4 °dH").toString("base64");
  expect(JSON.parse(own)).toMatchObject({ members: [{ name: "boris" }], files: [{ name: "water.txt", content }] });
  expect(own).toContain("is right");
  expect(own).toContain("hub_bookmarks");
  expect(own).toContain("hub_notices");
  expect(own).not.toMatch(/Soft water|scrypt|token_hash/);
});

test("of an erased member neither what they brought is left nor how their posts looked", async () => {
  const clara = await camp.member("clara");
  const brought = new FormData();
  const fields = { text: "my secret beans", title: "Whose beans?", form: newId(Date.now()), board: camp.board };
  for (const [name, value] of Object.entries(fields)) brought.set(name, value);
  brought.append("files", new Blob(["beans, all of them"]), "beans.txt");
  const { location } = await clara.sendFiles("/new", brought);
  const path = location.replace(`/c/${community}`, "");
  const before = await camp.guest().page(path);
  const file = /\/c\/[^"/]+\/files\/[0-9a-f-]{36}/.exec(before.text)?.[0] ?? "";
  expect([before.text.includes("secret beans"), (await camp.guest().open(file)).status]).toEqual([true, 200]);
  const memberIds = [clara.memberId];
  await databases.asOwner(async (tx) => {
    const nothing = { quick: "(?!)", exact: "(?!)" };
    await sweep(tx, camp.community, { search: { memberIds, pattern: nothing, texts: [] }, word: "[…]" });
    const payload = { memberIds, links: 0 };
    await append(tx, camp.community, [{ kind: "member.erased", happenedAt: Date.now(), payload }]);
  });
  await readLog(databases, hubSearch, { community: camp.community, holder: newHolder() });
  const moved = await camp.guest().page(path);
  const after = await camp.guest().page(moved.location.replace(`/c/${community}`, ""));
  expect(after.text).toContain("[…]");
  expect(after.text).not.toMatch(/secret beans|Whose beans/);
  expect((await camp.guest().open(file)).status).toBe(404);
});

test("what a rule finds too old leaves the hub's pages, its search and its files too", async () => {
  const old = await openCamp(databases);
  const place = { community: old.community, holder: newHolder() };
  const dora = await old.member("dora");
  const wish = { community: old.facts.slug, boardId: old.board, title: "Chicory secrets", text: "Roast it twice" };
  const { topic } = await dora.api.topics.openTopic(wish);
  const brought = new FormData();
  for (const [name, value] of Object.entries({ text: "see the chicory file", form: newId(Date.now()) }))
    brought.set(name, value);
  brought.append("files", new Blob(["roast, 220 °C"]), "chicory.txt");
  await dora.sendFiles(`/t/${topic}/reply`, brought);
  await readLog(databases, hubSearch, place);
  const shown = async () => {
    const { text } = await old
      .guest()
      .page((await old.guest().page(`/t/${topic}`)).location.replace(/^\/c\/[^/]+/, ""));
    const { items } = await old.guest().api.search.search({ community: old.facts.slug, typed: "chicory" });
    const files = await sql`select from hub_files where community_id = ${old.community}`.execute(databases.owner);
    return { isThere: /Chicory|Roast|chicory/.test(text), found: items.length, files: files.rows.length };
  };
  expect(await shown()).toEqual({ isThere: true, found: 1, files: 1 });
  await databases.asOwner((tx) =>
    setRule(tx, old.community, { kind: "message-texts", days: 30, by: null, at: Date.now() }),
  );
  const later = () => Date.now() + 40 * 86_400_000;
  await applyRules({ databases, signal: new AbortController().signal, now: later }, old.community);
  expect(await shown()).toEqual({ isThere: false, found: 0, files: 0 });
});
