import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { readLog } from "#src/log/read.ts";
import { hubNotices, hubSearch } from "../reactions.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const { moderation, setUp } = camp.team;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const guest = camp.guest();
const lead = camp.staff("lead");

async function ask(title: string, boardId = camp.board): Promise<number> {
  const wish = { community, boardId, kind: "question", title, text: "With **hot** water?" } as const;
  return (await anna.api.topics.openTopic(wish)).topic;
}

const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });
const place = { community: camp.community, holder: newId(Date.now()) };

test("what the team deletes is listed with who and why, its author reads the reason, and it comes back with its marks", async () => {
  const topic = await ask("Descaling");
  await boris.api.topics.reply({ community, topic, text: "Buy **my** powder" });
  await anna.api.posts.react({ community, topic, number: 2, mark: "🎉", isOn: true });
  const before = (await guest.api.topics.topic({ community, topic })).items;
  await lead.send(`/t/${topic}/p/2/delete`, { reason: "Advertising <b>" });
  const path = `/t/${topic}-descaling`;
  expect((await boris.page(path)).text).toContain("The team deleted this post: Advertising &lt;b&gt;");
  for (const other of [anna, guest]) expect((await other.page(path)).text).not.toContain("Advertising");
  const { items } = await moderation.deleted({ community });
  const row = { topic, number: 2, author: "boris", by: "lead", isOwn: false, reason: "Advertising <b>", posts: 1 };
  expect(items).toMatchObject([{ ...row, beginning: "Buy my powder" }]);
  await moderation.restore({ community, topic, number: 2 });
  const after = (await guest.api.topics.topic({ community, topic })).items;
  expect(after.map(({ html, reactions }) => ({ html, reactions }))).toEqual(
    before.map(({ html, reactions }) => ({ html, reactions })),
  );
  expect((await moderation.deleted({ community })).items).toEqual([]);
});

test("what comes back brings its accepted answer along, unless another was accepted meanwhile", async () => {
  const topic = await ask("Filter paper");
  for (const text of ["One", "Two"]) await boris.api.topics.reply({ community, topic, text });
  const answer = async () => (await guest.api.topics.topic({ community, topic })).answer;
  const back = (number: number) => moderation.restore({ community, topic, number });
  await anna.api.topics.accept({ community, topic, number: 2 });
  await lead.api.posts.remove({ community, topic, number: 1 });
  await back(1);
  expect(await answer()).toBe(2);
  await boris.api.posts.remove({ community, topic, number: 2 });
  expect(await answer()).toBeNull();
  await back(2);
  expect(await answer()).toBe(2);
  await boris.api.posts.remove({ community, topic, number: 2 });
  await anna.api.topics.accept({ community, topic, number: 3 });
  await back(2);
  expect(await answer()).toBe(3);
});

test("a deleted topic is gone for good links, and comes back whole without what had been deleted before", async () => {
  const topic = await ask("Grinder burrs");
  for (const text of ["One", "Two"]) await boris.api.topics.reply({ community, topic, text });
  await boris.api.posts.remove({ community, topic, number: 2 });
  await lead.api.posts.remove({ community, topic, number: 1, reason: "Off topic" });
  expect((await guest.page(`/t/${topic}`)).status).toBe(410);
  await expect(moderation.restore({ community, topic, number: 2 })).rejects.toEqual(code("topic-first"));
  const { items } = await moderation.deleted({ community });
  expect(items).toMatchObject([
    { topic, number: 1, title: "Grinder burrs", posts: 2 },
    { topic, number: 2, isOwn: true, reason: "" },
  ]);
  await moderation.restore({ community, topic, number: 1 });
  const { posts, items: shown } = await guest.api.topics.topic({ community, topic });
  expect([posts, shown.map(({ isDeleted }) => isDeleted)]).toEqual([2, [false, true, false]]);
  await readLog(databases, hubSearch, place);
  expect((await guest.api.search.search({ community, typed: "burrs" })).items).toHaveLength(1);
  const kept = sql`update deleted_messages set content = null where community_id = ${camp.community}`;
  await kept.execute(databases.owner);
  await expect(moderation.restore({ community, topic, number: 2 })).rejects.toEqual(code("nothing-kept"));
});

test("an announced topic stands on everybody's first page until its day, and whoever may read it is told", async () => {
  const topic = await ask("Cupping on Friday");
  const announcedUntil = new Date(Date.now() + 60_000).toISOString();
  await moderation.arrangeTopic({ community, topic, announcedUntil });
  expect((await guest.page("")).text).toMatch(/The team announces:.*Cupping on Friday/);
  await readLog(databases, hubNotices, place);
  expect((await boris.page("/notifications")).text).toContain("Cupping on Friday");
  await moderation.arrangeTopic({ community, topic, announcedUntil: new Date(Date.now() - 1000).toISOString() });
  expect((await guest.page("")).text).not.toContain("The team announces:");
});

test("what is announced in a closed board is announced to whoever may read it, and is over when it is deleted", async () => {
  const { id } = await setUp.makeBoard({ community, name: "Tasters", about: "", access: "members" });
  const topic = await ask("A tasting for members", id);
  const announcedUntil = new Date(Date.now() + 60_000).toISOString();
  await moderation.arrangeTopic({ community, topic, announcedUntil });
  expect((await boris.page("")).text).toMatch(/The team announces:.*A tasting for members/);
  expect((await guest.page("")).text).not.toContain("A tasting for members");
  await readLog(databases, hubNotices, place);
  await lead.api.posts.remove({ community, topic, number: 1 });
  expect((await boris.page("")).text).not.toContain("The team announces:");
});

test("a pinned topic stands above its board however old it is; pinned everywhere it stands above every list", async () => {
  const { id, key } = await setUp.makeBoard({ community, name: "Pins", about: "", access: "everyone" });
  const topic = await ask("House rules", id);
  for (let i = 0; i < 30; i++) await ask(`Chatter ${i}`, id);
  const first = async (path: string) => /class="title"[^>]*>([^<]*)</.exec((await guest.page(path)).text)?.[1];
  expect(await first(`/b/${key}`)).toBe("Chatter 29");
  await moderation.arrangeTopic({ community, topic, isPinned: true });
  expect([await first(`/b/${key}`), await first("/topics")]).toEqual(["House rules", "Chatter 29"]);
  await lead.send(`/t/${topic}/arrange`, { deed: "everywhere" });
  expect([await first("/topics"), await first("")]).toEqual(["House rules", "House rules"]);
  await moderation.arrangeTopic({ community, topic, isPinned: false });
  expect(await first("/topics")).toBe("Chatter 29");
});

test("an archived board is read by whoever could read it, at its old addresses, and by nobody else", async () => {
  const { id, key } = await setUp.makeBoard({ community, name: "Summer camp", about: "", access: "members" });
  const topic = await ask("Tents", id);
  await setUp.changeBoard({ community, boardId: id, isArchived: true });
  const topicPage = await boris.page(`/t/${topic}-tents`);
  expect(topicPage).toMatchObject({ status: 200, text: expect.stringContaining("is in an archived board") });
  expect(topicPage.text).not.toMatch(/id="reply"|class="react"|Quote/);
  const board = await boris.page(`/b/${key}`);
  expect([board.status, board.text.includes("This board is an archive")]).toEqual([200, true]);
  expect(board.text).toMatch(/<summary>Archive<\/summary>.*Summer camp/);
  expect(board.text).toMatch(/class="title"[^>]*>Tents</);
  for (const path of [`/b/${key}`, `/t/${topic}`]) expect((await guest.page(path)).status).toBe(404);
  expect((await guest.page("")).text).not.toContain("Summer camp");
});

test("in an archive nothing is written, changed, marked or accepted, by members or the team, until it is brought back", async () => {
  const { id } = await setUp.makeBoard({ community, name: "Old stoves", about: "", access: "everyone" });
  const topic = await ask("Stoves", id);
  await boris.api.topics.reply({ community, topic, text: "Gas" });
  await setUp.changeBoard({ community, boardId: id, isArchived: true });
  const frozen = code("topic-archived");
  for (const who of [boris, lead])
    await expect(who.api.topics.reply({ community, topic, text: "Late" })).rejects.toEqual(frozen);
  const wish = { community, topic, number: 2 } as const;
  await expect(boris.api.posts.edit({ ...wish, text: "Wood", version: 1 })).rejects.toEqual(frozen);
  await expect(anna.api.posts.react({ ...wish, mark: "🎉", isOn: true })).rejects.toEqual(frozen);
  await expect(anna.api.topics.accept(wish)).rejects.toEqual(frozen);
  await expect(ask("Another", id)).rejects.toEqual(code("board-archived"));
  expect((await boris.page("/new")).text).not.toContain("Old stoves");
  expect((await boris.page(`/t/${topic}/reply`)).status).toBe(409);
  const { items } = await guest.api.topics.topic({ community, topic });
  expect(items.map(({ html, reactions }) => [html.trim(), reactions.length])).toEqual([
    ["<p>With <strong>hot</strong> water?</p>", 0],
    ["<p>Gas</p>", 0],
  ]);
  await setUp.changeBoard({ community, boardId: id, isArchived: false });
  expect(await boris.api.topics.reply({ community, topic, text: "Again" })).toEqual(expect.objectContaining({ topic }));
});

test("lists of what is new, feeds and the search leave an archive out until it is asked for; search engines keep it", async () => {
  const { id, key } = await setUp.makeBoard({ community, name: "Lanterns", about: "", access: "everyone" });
  const topic = await ask("Lantern wicks", id);
  // The search marks what it found, in titles too.
  const shown = async (path: string): Promise<string> => (await guest.page(path)).text.replaceAll(/<\/?mark>/g, "");
  await setUp.changeBoard({ community, boardId: id, isArchived: true });
  await readLog(databases, hubSearch, place);
  for (const path of ["", "/topics", "/topics?filter=unsolved", "/feed.xml", "/search?q=wicks"])
    expect(await shown(path)).not.toContain("Lantern wicks");
  expect((await guest.api.topics.popular({ community })).items.map(({ number }) => number)).not.toContain(topic);
  for (const path of ["/search?q=wicks&archive=yes", `/search?q=wicks&board=${key}`, `/b/${key}`])
    expect(await shown(path)).toContain("Lantern wicks");
  expect((await guest.page("/sitemap-1.xml")).text).toContain(`/t/${topic}-lantern-wicks`);
});

test("the team sees the hub as a guest and as a member do, and can write nothing until it stops", async () => {
  const { id } = await setUp.makeBoard({ community, name: "Inner room", about: "", access: "members" });
  const topic = await ask("For members", id);
  const looker = camp.staff("looker");
  await looker.send("/view-as", { as: "guest" });
  const asGuest = await looker.page("");
  expect(asGuest.text).toContain("You see the hub as a guest does.");
  expect(asGuest.text).not.toContain("Inner room");
  expect((await looker.page(`/t/${topic}`)).status).toBe(404);
  await looker.send("/view-as", { as: "member" });
  const asMember = await looker.page(`/t/${topic}-for-members`);
  expect([asMember.status, asMember.text.includes("Manage topic")]).toEqual([200, false]);
  expect((await looker.send(`/t/${topic}/reply`, { form: newId(Date.now()), text: "Hello" })).status).toBe(403);
  await looker.send("/view-as", { as: "" });
  expect((await looker.page(`/t/${topic}-for-members`)).text).toContain("Manage topic");
  expect((await boris.send("/view-as", { as: "guest" })).status).toBe(403);
});
