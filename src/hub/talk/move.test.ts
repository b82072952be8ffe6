import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { readLog } from "#src/log/read.ts";
import { hubSearch } from "../reactions.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const { moderation } = camp.team;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const guest = camp.guest();

async function ask(title: string, text = "With **hot** water?"): Promise<number> {
  const wish = { community, boardId: camp.board, kind: "question", title, text } as const;
  return (await anna.api.topics.openTopic(wish)).topic;
}

async function answered(title: string, ...replies: string[]): Promise<number> {
  const topic = await ask(title);
  for (const text of replies) await boris.api.topics.reply({ community, topic, text });
  return topic;
}

const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });
const read = (topic: number) => guest.api.topics.topic({ community, topic });
const texts = async (topic: number) => (await read(topic)).items.map(({ html }) => html.replaceAll(/<[^>]*>|\n/g, ""));

/** What was asked of a message and is told in the log, in order. */
async function told(kind: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from facts where community_id = ${camp.community} and kind = ${kind}`.execute(
    databases.owner,
  );
  return found.rows[0]?.n ?? 0;
}

test("a merged topic stands behind the other one with its title, its old addresses lead there, and undoing brings all of it back", async () => {
  const target = await answered("Grinding", "Coarse");
  const twin = await answered("How coarse?", "Very", "As salt");
  await boris.api.posts.bookmark({ community, topic: twin, number: 3, isOn: true });
  await anna.api.topics.accept({ community, topic: twin, number: 2 });
  const before = await read(twin);
  const { id, number, address } = await moderation.mergeTopic({ community, topic: twin, into: target });
  expect(number).toBe(3);
  expect(await texts(target)).toEqual(["With hot water?", "Coarse", "How coarse?With hot water?", "Very", "As salt"]);
  expect(await read(target)).toMatchObject({ posts: 5, lastAuthor: { name: "boris" } });
  for (const path of [`/t/${twin}`, `/t/${twin}-how-coarse`, `/t/${twin}-how-coarse?page=1`]) {
    expect(await guest.page(path)).toMatchObject({ status: 301, location: address });
  }
  expect((await guest.page(`/t/${twin}/p/3/history`)).location).toContain(`/t/${target}-grinding#post-5`);
  await expect(read(twin)).rejects.toEqual(code("topic-merged"));
  await expect(boris.api.topics.reply({ community, topic: twin, text: "Late" })).rejects.toEqual(code("topic-merged"));
  expect((await boris.page("/me")).text).toContain(`/t/${target}-grinding#post-5`);
  expect((await guest.api.topics.topics({ community })).items.map((topic) => topic.number)).not.toContain(twin);

  await moderation.undoMove({ community, moveId: id });
  expect(await read(twin)).toEqual(before);
  expect(await texts(target)).toEqual(["With hot water?", "Coarse"]);
  expect((await guest.page(`/t/${target}/p/4/history`)).location).toContain(`/t/${twin}-how-coarse#post-2`);
  await expect(moderation.undoMove({ community, moveId: id })).rejects.toEqual(code("no-such-move"));
});

test("a reply typed while its topic was merged stands in the other topic, not nowhere", async () => {
  const target = await ask("Water");
  const twin = await ask("Which water?");
  await moderation.mergeTopic({ community, topic: twin, into: target });
  const sent = await boris.send(`/t/${twin}/reply`, { form: newId(Date.now()), to: "1", text: "Soft water" });
  expect(sent).toMatchObject({ status: 303, location: expect.stringContaining(`/t/${target}-water#post-3`) });
});

test("posts that are split off open a topic of their own, are found by its title, and their places say where they went", async () => {
  const topic = await answered("Everything about filters", "Paper", "What of milk, by the way?", "Oat milk", "Metal");
  const edits = await told("message.edited");
  const wish = { community, topic, numbers: [4, 3], title: "Zebra milk" };
  const { id, topic: made } = await moderation.splitTopic(wish);
  expect(await told("message.edited")).toBe(edits + 1);
  expect(await read(made)).toMatchObject({ title: "Zebra milk", posts: 2, author: { name: "boris" } });
  expect(await texts(made)).toEqual(["What of milk, by the way?", "Oat milk"]);
  const page = (await guest.page(`/t/${topic}-everything-about-filters`)).text;
  expect(page).toMatch(/id="post-3".*2 posts were moved to another topic:.*Zebra milk/);
  await readLog(databases, hubSearch, { community: camp.community, holder: newId(Date.now()) });
  const found = await guest.api.search.search({ community, typed: "zebra" });
  expect(found.items).toMatchObject([{ number: 1, topic: { number: made } }]);
  expect((await guest.api.search.search({ community, typed: "oat" })).items).toMatchObject([
    { topic: { number: made } },
  ]);
  expect((await boris.api.posts.source({ community, topic: made, number: 1 })).text).toBe("What of milk, by the way?");

  const { number } = await anna.api.topics.reply({ community, topic: made, text: "Goat milk" });
  await expect(moderation.undoMove({ community, moveId: id })).rejects.toEqual(code("split-grew"));
  await anna.api.posts.remove({ community, topic: made, number });
  await moderation.undoMove({ community, moveId: id });
  expect(await texts(topic)).toEqual(["With hot water?", "Paper", "What of milk, by the way?", "Oat milk", "Metal"]);
  expect((await boris.api.posts.source({ community, topic, number: 3 })).text).toBe("What of milk, by the way?");
  expect((await guest.page(`/t/${made}`)).location).toContain(`/t/${topic}-everything-about-filters#post-3`);
});

test("nobody learns of a closed board by a post that went there", async () => {
  const wish = { community, name: "Members", about: "", access: "members" } as const;
  const { id: boardId } = await camp.team.setUp.makeBoard(wish);
  const topic = await answered("An open question", "A secret answer");
  await moderation.splitTopic({ community, topic, numbers: [2], title: "Hushed words", board: boardId });
  const { text } = await guest.page(`/t/${topic}-an-open-question`);
  expect(text).toContain("1 post was moved away.");
  expect(text).not.toContain("Hushed");
  expect((await boris.page(`/t/${topic}-an-open-question`)).text).toContain("Hushed words");
  const twin = await ask("Another question");
  const [closed] = (await boris.api.topics.topics({ community, board: boardId })).items;
  await moderation.mergeTopic({ community, topic: twin, into: closed?.number ?? 0 });
  expect(await guest.page(`/t/${twin}`)).toMatchObject({ status: 404, location: "" });
});

test("the first post stays, a topic is not merged into itself, and what moved on is undone in turn", async () => {
  const [one, two] = [await answered("One", "a", "b"), await ask("Two")];
  const move = { community, topic: one, into: two };
  await expect(moderation.movePosts({ ...move, numbers: [1, 2] })).rejects.toEqual(code("first-post-stays"));
  await expect(moderation.movePosts({ ...move, numbers: [9] })).rejects.toEqual(code("no-such-post"));
  await expect(moderation.mergeTopic({ ...move, into: one })).rejects.toEqual(code("same-topic"));
  const first = await moderation.movePosts({ ...move, numbers: [2] });
  const second = await moderation.movePosts({ community, topic: two, numbers: [2], into: one });
  expect(await texts(one)).toEqual(["With hot water?", "b", "a"]);
  await expect(moderation.undoMove({ community, moveId: first.id })).rejects.toEqual(code("moved-on"));
  await moderation.undoMove({ community, moveId: second.id });
  await moderation.undoMove({ community, moveId: first.id });
  expect(await texts(one)).toEqual(["With hot water?", "a", "b"]);
});

test("two who merge the same topics crosswise at once do it once", async () => {
  const [one, two] = [await ask("Left"), await ask("Right")];
  const merge = (topic: number, into: number) => moderation.mergeTopic({ community, topic, into });
  const waiting = async (): Promise<unknown> => {
    const found = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return (await found.execute(databases.owner)).rows.length;
  };
  // Somebody holds the first topic until both have come as far as they can.
  const both = await databases.asOwner(async (tx) => {
    await sql`select from hub_topics where community_id = ${camp.community} and number = ${one} for update`.execute(tx);
    const merging = [merge(one, two), merge(two, one)];
    await expect.poll(waiting).toBe(2);
    return { merging };
  });
  const done = await Promise.allSettled(both.merging);
  expect(done.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  // Whoever came second is told, and was not ended by the database because both waited for each other.
  expect(done.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "hub.topic-merged" } });
});

test("a moderator ticks posts in the hub itself; members have no such view", async () => {
  const topic = await answered("Ticked", "one", "two");
  const lead = camp.staff("lead");
  const { text } = await lead.page(`/t/${topic}/posts`);
  expect(text.match(/name="number"/g)).toHaveLength(2);
  const refused = await lead.send(`/t/${topic}/posts`, { deed: "split", number: "3", title: "" });
  expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('value="3" checked') });
  const done = await lead.send(`/t/${topic}/posts`, { deed: "split", number: "3", title: "By itself" });
  expect(done).toMatchObject({ status: 303, location: expect.stringMatching(/by-itself#post-1$/) });
  expect((await lead.page(`/t/${topic}/posts`)).text).toContain("was made of 1 post of");
  expect((await boris.page(`/t/${topic}/posts`)).status).toBe(403);
  expect((await boris.send(`/t/${topic}/posts`, { deed: "merge", into: "1" })).status).toBe(403);
});

test("whatever refers to a post goes along when it is moved", async () => {
  const stays = await sql<{ table: string }>`
    select conrelid::regclass::text as table from pg_constraint
    where contype = 'f' and confrelid = 'hub_posts'::regclass and confupdtype <> 'c'`.execute(databases.owner);
  expect(stays.rows).toEqual([]);
});
