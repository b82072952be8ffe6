import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { newId } from "#src/base/ids.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { hubNotices, hubSearch } from "../reactions.ts";
import { type Camp, type Guest, openCamp } from "../testing/camp.ts";
import { tellOfRules } from "./tell.ts";

const databases = await testDatabase();
const camp = await openCamp(databases, { directory: "members" });
const { slug: community } = camp.facts;
const [anna, boris, clara] = [await camp.member("anna"), await camp.member("boris"), await camp.member("clara")];
const guest = camp.guest();
const code = (word: string): unknown => expect.objectContaining({ code: `hub.${word}` });

let made = 0;

/** A group with a board of its own, in which somebody of it has written. */
async function circle(fields: Partial<Parameters<Camp["team"]["groups"]["make"]>[0]> = {}) {
  made += 1;
  const group = await camp.team.groups.make({ community, name: `Circle ${made}`, ...fields });
  const board = await camp.team.setUp.makeBoard({
    community,
    name: `Inside ${made}`,
    access: "groups",
    groupIds: [group.id],
  });
  return { group, board };
}

const add = (groupId: string, ...people: { memberId: string }[]) =>
  camp.team.groups.add({ community, groupId, members: people.map(({ memberId }) => memberId) });

async function facts(kind: "group.joined" | "group.left"): Promise<string[]> {
  const found = await sql<{ members: string[] }>`
    select payload->'memberIds' as members from facts where community_id = ${camp.community} and kind = ${kind} order by seq`.execute(
    databases.owner,
  );
  return found.rows.flatMap(({ members }) => members);
}

const readAll = async () => {
  for (const consumer of [hubSearch, hubNotices])
    await readLog(databases, consumer, { community: camp.community, holder: newHolder() });
};

test("nobody outside a closed group reads or guesses its boards, topics, files or people", async () => {
  const { group, board } = await circle({ name: "Ambassadors", about: "quokkas only" });
  await add(group.id, anna);
  const form = new FormData();
  const fields = {
    board: board.id,
    kind: "discussion",
    title: "Wombat plans",
    text: "numbat",
    tags: "",
    form: newId(1),
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.append("files", new Blob(["plain notes"]), "notes.txt");
  const written = await anna.sendFiles("/new", form);
  const topic = Number(/\/t\/(\d+)/.exec(written.location)?.[1]);
  const file = /\/c\/[^"]+\/files\/[0-9a-f-]{36}/.exec((await anna.page(`/t/${topic}-wombat-plans`)).text)?.[0] ?? "";
  await readAll();
  expect((await anna.page("/search?q=numbat")).text).toContain("Wombat plans");
  expect((await anna.open(file)).status).toBe(200);
  for (const other of [boris, guest]) {
    const pages = ["", "/topics", "/search?q=numbat", "/g", "/feed.xml", "/notifications", `/people/${anna.memberId}`];
    for (const path of pages) expect((await other.page(path)).text).not.toMatch(/Wombat|Ambassadors|quokkas|Inside 1/);
    for (const path of [`/t/${topic}`, `/b/${board.key}`, `/b/${board.key}/feed.xml`])
      expect((await other.page(path)).status).toBe(404);
    expect((await other.open(file)).status).toBe(404);
  }
  // A group that is not there and one that is hidden answer alike, but for the address that was asked for.
  const [hidden, missing] = [await boris.page(`/g/${group.number}`), await boris.page("/g/999")];
  expect([hidden.status, hidden.text]).toEqual([404, missing.text.replaceAll("/g/999", `/g/${group.number}`)]);
  await expect(boris.api.ownGroups.ask({ community, number: group.number, text: "" })).rejects.toEqual(
    code("no-such-group"),
  );
  await expect(boris.api.topics.reply({ community, topic, text: "Me too" })).rejects.toEqual(code("no-such-board"));
  expect(JSON.stringify(await boris.api.people.hub({ community }))).not.toContain("Inside");
});

test("somebody who is put in reads at once, and whoever is taken out reads nothing more", async () => {
  const { group, board } = await circle();
  const before = (await facts("group.joined")).length;
  expect(await add(group.id, boris, boris)).toEqual({ added: 1 });
  expect(await add(group.id, boris)).toEqual({ added: 0 });
  expect((await boris.page(`/b/${board.key}`)).status).toBe(200);
  expect((await facts("group.joined")).slice(before)).toEqual([boris.memberId]);
  const taken = await camp.team.groups.take({ community, groupId: group.id, memberId: boris.memberId });
  expect([taken.isOut, (await boris.page(`/b/${board.key}`)).status]).toEqual([true, 404]);
  expect(await facts("group.left")).toContain(boris.memberId);
});

test("a member asks to belong, is declined with a reason, asks again and is let in, and is told each time", async () => {
  const { group, board } = await circle({ name: "Beta testers", takesRequests: true });
  const { number } = group;
  const told = async () => {
    const { items } = await clara.api.notices.list({ community, unread: true });
    return items.filter(({ kind }) => kind === "group").map(({ title }) => title);
  };
  const waiting = async () => (await camp.team.groups.requests({ community, groupId: group.id })).items;
  expect((await clara.page("/g")).text).toContain("Beta testers");
  expect((await clara.page(`/g/${number}`)).text).not.toContain(board.name);
  await clara.send(`/g/${number}`, { deed: "ask", text: "I break things" });
  await expect(clara.api.ownGroups.ask({ community, number, text: "" })).rejects.toEqual(code("request-waits"));
  const [first] = await waiting();
  expect(first).toMatchObject({ name: "clara", text: "I break things" });
  await camp.team.groups.settle({ community, requestId: first?.id ?? "", approve: false, reason: "After the release" });
  expect(await told()).toEqual(["Beta testers"]);
  expect((await clara.page(`/g/${number}`)).text).toContain("After the release");
  expect(await told()).toEqual([]);
  await clara.send(`/g/${number}`, { deed: "ask", text: "And now?" });
  const [second] = await waiting();
  const decision = { community, requestId: second?.id ?? "", approve: true };
  await camp.team.groups.settle(decision);
  await expect(camp.team.groups.settle(decision)).rejects.toEqual(code("request-settled"));
  expect(await told()).toEqual(["Beta testers"]);
  const page = (await clara.page(`/g/${number}`)).text;
  expect(page).toContain(board.name);
  expect(page).toContain(">clara</a>");
  await clara.send(`/g/${number}`, { deed: "leave" });
  expect((await clara.page(`/b/${board.key}`)).status).toBe(404);
  expect((await facts("group.left")).at(-1)).toBe(clara.memberId);
});

test("a wish that was taken back is not before the team any more", async () => {
  const { group } = await circle({ takesRequests: true });
  await boris.send(`/g/${group.number}`, { deed: "ask", text: "" });
  await boris.send(`/g/${group.number}`, { deed: "withdraw" });
  expect((await camp.team.groups.requests({ community, groupId: group.id })).items).toEqual([]);
  expect((await camp.team.groups.get({ community, groupId: group.id })).waiting).toBe(0);
});

async function tagOn(one: Guest & { memberId: string }): Promise<string> {
  const tag = newId(Date.now());
  await sql`insert into member_tags (community_id, id, name, made_at) values (${camp.community}, ${tag}, ${tag.slice(-20)}, now())`.execute(
    databases.owner,
  );
  await sql`insert into tagged_members (community_id, tag_id, member_id, tagged_at, tagged_by_name)
    values (${camp.community}, ${tag}, ${one.memberId}, now(), 'test')`.execute(databases.owner);
  return tag;
}

test("whoever bears the tag belongs at once and loses it at once; the log hears of each once", async () => {
  const { group, board } = await circle();
  await camp.team.groups.change({ community, groupId: group.id, tagId: await tagOn(anna) });
  expect((await anna.page(`/b/${board.key}`)).status).toBe(200);
  await expect(anna.api.ownGroups.leave({ community, number: group.number })).rejects.toEqual(code("group-by-rule"));
  const { items } = await camp.team.groups.people({ community, groupId: group.id });
  expect(items).toMatchObject([{ name: "anna", by: "rule" }]);
  const counted = async () => [(await facts("group.joined")).length, (await facts("group.left")).length];
  const [joined = 0, left = 0] = await counted();
  const tell = () => databases.asOwner((tx) => tellOfRules(tx, camp.community, Date.now()));
  await tell();
  expect(await counted()).toEqual([joined, left]);
  await sql`delete from tagged_members where community_id = ${camp.community}`.execute(databases.owner);
  expect((await anna.page(`/b/${board.key}`)).status).toBe(404);
  await tell();
  await tell();
  expect(await counted()).toEqual([joined, left + 1]);
});

test("a deleted group opens nothing until it is brought back with its people", async () => {
  const { group, board } = await circle();
  await add(group.id, anna);
  await camp.team.groups.remove({ community, groupId: group.id });
  expect((await anna.page(`/b/${board.key}`)).status).toBe(404);
  const twin = await camp.team.groups.make({ community, name: group.name.toUpperCase() });
  await expect(camp.team.groups.restore({ community, groupId: group.id })).rejects.toEqual(code("group-name-taken"));
  await camp.team.groups.remove({ community, groupId: twin.id });
  expect(await camp.team.groups.restore({ community, groupId: group.id })).toMatchObject({ people: 1 });
  expect((await anna.page(`/b/${board.key}`)).status).toBe(200);
});

test("a board for groups names groups that are there, and at least one", async () => {
  const wish = { community, name: "Nowhere", access: "groups" } as const;
  await expect(camp.team.setUp.makeBoard(wish)).rejects.toEqual(code("board-without-group"));
  const elsewhere = await openCamp(databases);
  const theirs = await elsewhere.team.groups.make({ community: elsewhere.facts.slug, name: "Theirs" });
  await expect(camp.team.setUp.makeBoard({ ...wish, groupIds: [theirs.id] })).rejects.toEqual(code("no-such-group"));
  await expect(add(theirs.id, anna)).rejects.toEqual(code("no-such-group"));
  const { group } = await circle();
  const stranger = await elsewhere.member("anna");
  expect(await add(group.id, stranger)).toEqual({ added: 0 });
});

test("groups are found by a part of their name, page by page", async () => {
  for (const name of ["Zebra one", "zebra two", "Zebra three"]) await camp.team.groups.make({ community, name });
  const first = await camp.team.groups.list({ community, search: "zebra", limit: 2 });
  const rest = await camp.team.groups.list({ community, search: "zebra", limit: 2, after: first.next ?? "" });
  expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(["Zebra one", "Zebra three", "zebra two"]);
  await expect(camp.team.groups.make({ community, name: "ZEBRA ONE" })).rejects.toEqual(code("group-name-taken"));
});
