import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { append } from "#src/log/append.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { hubNotices } from "../reactions.ts";
import { openCamp } from "../testing/camp.ts";
import { forgetNotices } from "./shown.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const clara = await camp.member("clara");
type Member = typeof anna;

/** Lets the log be read, and tells what somebody has not read: what it is and how many it counts. */
async function unread(who: Member): Promise<string[]> {
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  const { items } = await who.api.notices.list({ community, unread: true });
  return items.map(({ kind, count }) => `${kind} ${count}`);
}

/** A topic of somebody's; whatever was told before it is read. */
async function topicBy(who: Member, kind: "question" | "discussion" = "discussion"): Promise<number> {
  await unread(who);
  for (const each of [anna, boris, clara]) await each.api.notices.read({ community });
  return (await who.api.topics.openTopic({ community, boardId: camp.board, kind, title: "Brewing", text: "How?" }))
    .topic;
}

const reply = (who: Member, topic: number, text = "So") => who.api.topics.reply({ community, topic, text });

test("twelve replies in a topic somebody follows are one notification that says twelve", async () => {
  const topic = await topicBy(anna);
  for (let n = 0; n < 12; n += 1) await reply(boris, topic);
  expect(await unread(anna)).toEqual(["reply 12"]);
  expect(await unread(boris)).toEqual([]);
  await reply(clara, topic);
  expect(await unread(anna)).toEqual(["reply 13"]);
  expect((await anna.page("")).text).toMatch(/Notifications&nbsp;<span class="mark fresh">1</);
  // Boris follows what he wrote in, and was told of Clara's reply alone.
  expect(await unread(boris)).toEqual(["reply 1"]);
});

test("reading a topic reads what tells of it, page by page, and the header says so at once", async () => {
  const topic = await topicBy(anna);
  for (let n = 0; n < 21; n += 1) await reply(boris, topic);
  expect(await unread(anna)).toEqual(["reply 21"]);
  await anna.page(`/t/${topic}-brewing`);
  expect(await unread(anna)).toEqual(["reply 2"]);
  const { text } = await anna.page(`/t/${topic}-brewing?page=2`);
  expect(text).toContain(">Notifications</a>");
  expect(await unread(anna)).toEqual([]);
  await boris.api.posts.react({ community, topic, number: 1, mark: "🎉", isOn: true });
  expect(await unread(anna)).toEqual(["reaction 1"]);
  await anna.page(`/t/${topic}-brewing`);
  expect(await unread(anna)).toEqual([]);
});

test("one post tells one person once: a call by name before an answer to their post, that before the topic", async () => {
  const topic = await topicBy(anna, "question");
  await reply(boris, topic, "@anna, @clara: cold");
  expect(await unread(anna)).toEqual(["mention 1"]);
  expect(await unread(clara)).toEqual(["mention 1"]);
  await clara.api.topics.reply({ community, topic, text: "Hot", to: 2 });
  expect(await unread(boris)).toEqual(["quote 1"]);
  expect(await unread(anna)).toEqual(["answer 1", "mention 1"]);
});

test("whose answer is accepted hears of it, and no more when it is taken back before they looked", async () => {
  const topic = await topicBy(anna, "question");
  const { number } = await reply(boris, topic);
  await anna.api.topics.accept({ community, topic, number });
  expect(await unread(boris)).toEqual(["accepted 1"]);
  await anna.api.topics.accept({ community, topic, number: null });
  expect(await unread(boris)).toEqual([]);
});

test("marks of several people are one notification, and marks taken back are not told", async () => {
  const topic = await topicBy(anna);
  const mark = (who: Member, isOn = true) => who.api.posts.react({ community, topic, number: 1, mark: "👍", isOn });
  await mark(boris);
  await mark(clara);
  await mark(anna);
  expect(await unread(anna)).toEqual(["reaction 2"]);
  await mark(clara, false);
  expect(await unread(anna)).toEqual(["reaction 1"]);
  await anna.api.notices.read({ community });
  await mark(clara);
  expect(await unread(anna)).toEqual(["reaction 2"]);
  await mark(clara, false);
  await mark(boris, false);
  expect(await unread(anna)).toEqual([]);
});

test("nobody hears of a topic they muted, and everybody who follows a board hears of its new topics", async () => {
  const topic = await topicBy(anna);
  await anna.api.topics.follow({ community, topic, following: "mute" });
  await reply(boris, topic, "@anna");
  expect(await unread(anna)).toEqual([]);
  const board = /\/b\/([a-z0-9-]+)"/.exec((await clara.page("")).text)?.[1] ?? "";
  await clara.send(`/b/${board}/follow`, { on: "yes" });
  expect((await clara.page(`/b/${board}`)).text).toContain("Stop following this board");
  await topicBy(boris);
  expect(await unread(clara)).toEqual(["topic 1"]);
  await clara.send(`/b/${board}/follow`, { on: "no" });
  await topicBy(boris);
  expect(await unread(clara)).toEqual([]);
});

test("what stands in a board somebody may not read is neither told nor counted, even when they could before", async () => {
  const topic = await topicBy(anna);
  await reply(boris, topic);
  expect(await unread(anna)).toEqual(["reply 1"]);
  const tag = "01900000-0000-7000-8000-000000000001";
  await sql`insert into member_tags (community_id, id, name, made_at) values (${camp.community}, ${tag}, 'circle', now())`.execute(
    databases.owner,
  );
  const group = await camp.team.groups.make({ community, name: "Circle", tagId: tag });
  await camp.team.setUp.changeBoard({ community, boardId: camp.board, access: "groups", groupIds: [group.id] });
  expect(await unread(anna)).toEqual([]);
  expect((await anna.page("")).text).toContain(">Notifications</a>");
  await sql`insert into tagged_members (community_id, tag_id, member_id, tagged_at, tagged_by_name)
    values (${camp.community}, ${tag}, ${boris.memberId}, now(), 'test')`.execute(databases.owner);
  await reply(boris, topic, "@anna @clara");
  await unread(boris);
  await camp.team.setUp.changeBoard({ community, boardId: camp.board, access: "everyone" });
  expect(await unread(clara)).toEqual([]);
  expect(await unread(anna)).toEqual(["reply 1"]);
});

test("an edit that calls somebody tells them, even when they have read that far; other edits tell nobody", async () => {
  const topic = await topicBy(anna);
  await reply(boris, topic, "Look, @anna");
  await unread(anna);
  await clara.api.topics.read({ community, topic, to: 2 });
  const change = (text: string, version: number) =>
    boris.api.posts.edit({ community, topic, number: 2, version, text });
  await anna.api.notices.read({ community });
  await change("Look, @anna and @clara_", 1);
  expect(await unread(clara)).toEqual([]);
  await change("Look, @anna and @clara", 2);
  await change("Look here, @anna and @clara", 3);
  expect(await unread(clara)).toEqual(["mention 1"]);
  await change("Look, look, @clara", 4);
  await change("Look, look, @clara and @anna!", 5);
  expect(await unread(anna)).toEqual([]);
  expect(await unread(clara)).toEqual(["mention 1"]);
  // What was told long ago is forgotten; a call that stood there all the time is no new one.
  await sql`delete from hub_notices where community_id = ${camp.community}`.execute(databases.owner);
  await change("Look, look, @clara and @anna.", 6);
  expect(await unread(clara)).toEqual([]);
});

test("a post that is deleted is told of no more", async () => {
  const topic = await topicBy(anna);
  const { number } = await reply(boris, topic, "@clara look");
  const second = await reply(boris, topic);
  expect(await unread(anna)).toEqual(["reply 2"]);
  await boris.api.posts.remove({ community, topic, number });
  expect(await unread(clara)).toEqual([]);
  expect(await unread(anna)).toEqual(["reply 1"]);
  await boris.api.posts.remove({ community, topic, number: second.number });
  expect(await unread(anna)).toEqual([]);
});

test("an announcement of the team reaches everybody once, and the log read a second time tells nobody anything", async () => {
  const topic = await topicBy(anna);
  const before = await sql<{ seq: number }>`select seq from log_heads where community_id = ${camp.community}`.execute(
    databases.owner,
  );
  await reply(boris, topic, "@anna hello");
  const place = await sql<{ messageId: string; memberId: string }>`
    select message_id as "messageId", member_id as "memberId" from hub_posts
    where community_id = ${camp.community} and topic = ${topic} and number = 1`.execute(databases.owner);
  const [first] = place.rows;
  const payload = { messageId: first?.messageId ?? "", memberId: first?.memberId ?? "", spaceId: camp.board };
  await databases.asOwner((tx) =>
    append(tx, camp.community, [{ kind: "topic.announced", happenedAt: Date.now(), payload }]),
  );
  expect(await unread(clara)).toEqual(["announcement 1"]);
  expect(await unread(anna)).toEqual(["mention 1"]);
  const seq = before.rows[0]?.seq ?? 0;
  await sql`update cursors set seq = ${seq} where consumer = 'hub.notices'`.execute(databases.owner);
  expect(await unread(clara)).toEqual(["announcement 1"]);
  expect(await unread(anna)).toEqual(["mention 1"]);
});

test("the page of notifications shows the unread, pages through the rest and marks one or all as read", async () => {
  const topic = await topicBy(anna);
  await reply(boris, topic, "@anna one");
  await reply(boris, topic, "@anna two");
  await unread(anna);
  const { text } = await anna.page("/notifications?view=unread");
  expect(text.match(/boris mentioned you/g)).toHaveLength(2);
  expect(text).toContain(`href="/c/${community}/notifications/settings"`);
  expect(text).toContain(`href="/c/${community}/t/${topic}-brewing#post-2"`);
  await anna.send("/notifications", { kind: "mention", topic: String(topic), number: "2" });
  expect(await unread(anna)).toEqual(["mention 1"]);
  const pageOne = await anna.api.notices.list({ community, limit: 1 });
  const pageTwo = await anna.api.notices.list({ community, limit: 1, after: pageOne.next ?? "" });
  expect([...pageOne.items, ...pageTwo.items].map(({ number, isRead }) => [number, isRead])).toEqual([
    [3, false],
    [2, true],
  ]);
  await anna.send("/notifications", {});
  expect((await anna.page("/notifications?view=unread")).text).toContain("You have read everything.");
  expect((await camp.guest().page("/notifications")).status).toBe(401);
});

test("what is older than its days is forgotten", async () => {
  const topic = await topicBy(anna);
  await reply(boris, topic);
  await unread(anna);
  await forgetNotices(databases.owner, Date.now() + 1000, new AbortController().signal);
  expect((await anna.api.notices.list({ community })).items).toEqual([]);
});
