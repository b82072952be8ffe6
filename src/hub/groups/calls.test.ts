import { sql } from "kysely";
import { expect, test } from "vitest";
import { openLimits } from "#src/accounts/limits.ts";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { hubNotices } from "../reactions.ts";
import { type Camp, type Guest, openCamp } from "../testing/camp.ts";
import { MOST_CALLED } from "./model.ts";

const databases = await testDatabase();
let isLimited = false;
const limits = openLimits(() => 1_000_000);
const camp = await openCamp(databases, {}, { limits: { take: (...taken) => isLimited && limits.take(...taken) } });
const { slug: community } = camp.facts;
const [anna, boris, clara] = [await camp.member("anna"), await camp.member("boris"), await camp.member("clara")];
const code = (word: string): unknown => expect.objectContaining({ code: `hub.${word}` });
const LINK = (handle: string) => `class="mention group">@${handle}</a>`;

/** A group with these people. */
async function circle(
  fields: Parameters<Camp["team"]["groups"]["make"]>[0] extends infer F ? Omit<F, "community"> : never,
  ...people: { memberId: string }[]
) {
  const group = await camp.team.groups.make({ community, ...fields });
  const members = people.map(({ memberId }) => memberId);
  if (members.length > 0) await camp.team.groups.add({ community, groupId: group.id, members });
  return group;
}

const topicBy = async (who: Guest, text: string, boardId = camp.board) =>
  (await who.api.topics.openTopic({ community, boardId, title: "Kettles", text })).topic;

/** What somebody is told now and has not read; nothing of it is told again. */
async function told(who: Guest): Promise<string[]> {
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  const { items } = await who.api.notices.list({ community, unread: true });
  await who.api.notices.read({ community });
  return items.map(({ kind, topic, number }) => `${kind} ${topic}/${number}`);
}

test("a call of a group tells its people, each once, and whoever may know of it finds a link", async () => {
  const testers = await circle({ name: "Beta testers" }, anna, boris);
  expect(testers).toMatchObject({ handle: "Beta-testers", callers: "members" });
  const topic = await topicBy(anna, "@beta-testers and @boris: does it boil?");
  expect(await told(boris)).toEqual([`mention ${topic}/1`]);
  expect(await told(anna)).toEqual([]);
  expect(await told(clara)).toEqual([]);
  const { number } = await anna.api.topics.reply({ community, topic, text: "@BETA-testers, once more" });
  expect(await told(boris)).toEqual([`call ${topic}/${number}`]);
  const page = async (who: Guest) => (await who.page(`/t/${topic}-kettles`)).text;
  expect(await page(boris)).toContain(LINK("beta-testers"));
  for (const other of [clara, camp.guest()]) {
    expect(await page(other)).toContain("@beta-testers and");
    expect(await page(other)).not.toMatch(/mention group|\/g\/\d/);
    expect(JSON.stringify(await other.api.topics.topic({ community, topic }))).not.toMatch(/mention group|\/g\/\d/);
  }
  expect((await boris.page(`/g/${testers.number}`)).text).toContain("write @Beta-testers in a post");
});

test("only those whom the team lets call a group; for everybody else its handle is plain text and tells nobody", async () => {
  await circle({ name: "Quiet", callers: "team", takesRequests: true }, anna);
  await circle({ name: "Helpers", callers: "everyone", takesRequests: true }, anna);
  await circle({ name: "Hidden", callers: "everyone" }, anna);
  const topic = await topicBy(clara, "@quiet @helpers @hidden");
  expect(await told(anna)).toEqual([`call ${topic}/1`]);
  const edited = { community, topic, number: 1, version: 1, text: "@quiet @helpers @hidden!", title: "Kettles" };
  await clara.api.posts.edit(edited);
  expect(await told(anna)).toEqual([]);
  const { text } = await anna.page(`/t/${topic}-kettles`);
  expect([text.includes(LINK("helpers")), text.includes(LINK("quiet")), text.includes(LINK("hidden"))]).toEqual([
    true,
    false,
    false,
  ]);
});

test("nobody is told of a post in a board that they may not read, or in a topic they muted, or against their wish", async () => {
  const inner = await circle({ name: "Inner" }, anna);
  const outer = await circle({ name: "Outer" }, anna, boris, clara);
  const board = await camp.team.setUp.makeBoard({ community, name: "In", access: "groups", groupIds: [inner.id] });
  await topicBy(anna, "@outer", board.id);
  expect(await told(boris)).toEqual([]);
  const topic = await topicBy(anna, "First");
  await boris.api.topics.follow({ community, topic, following: "mute" });
  const usual = { digest: "off", hour: 9, timeZone: "UTC", language: "en" } as const;
  await clara.api.notices.changeSettings({ community, ...usual, mailOff: [], hubOff: ["call"] });
  await anna.api.topics.reply({ community, topic, text: "@outer" });
  expect([await told(boris), await told(clara)]).toEqual([[], []]);
  await clara.api.notices.changeSettings({ community, ...usual, mailOff: [], hubOff: [] });
  await camp.team.groups.remove({ community, groupId: outer.id });
  expect((await anna.page(`/t/${topic}-kettles`)).text).not.toContain(LINK("outer"));
});

test("an edit tells whom it calls newly, and nobody again", async () => {
  await circle({ name: "Editors" }, anna, boris, clara);
  const topic = await topicBy(anna, "Nothing yet, @clara");
  expect([await told(boris), await told(clara)]).toEqual([[], [`mention ${topic}/1`]]);
  const edit = (version: number, text: string) =>
    anna.api.posts.edit({ community, topic, number: 1, version, text, title: "Kettles" });
  await edit(1, "@clara, and @editors");
  expect([await told(boris), await told(clara)]).toEqual([[`call ${topic}/1`], []]);
  await edit(2, "@clara, and @editors!");
  expect([await told(boris), await told(clara)]).toEqual([[], []]);
});

test("what was merged, unmerged, deleted and brought back calls those whom it called when it was written, and no others", async () => {
  await circle({ name: "Keepers", callers: "team", takesRequests: true }, anna);
  await circle({ name: "Friends", callers: "everyone", takesRequests: true }, anna);
  const open = (title: string) =>
    clara.api.topics.openTopic({ community, boardId: camp.board, title, text: "@keepers @friends" });
  const [{ topic: from }, { topic: into }] = [await open("@keepers here"), await open("Others")];
  const links = async (topic: number) =>
    [
      ...(
        await anna.page(`/t/${topic}`).then(({ location }) => anna.page(location.replace(`/c/${community}`, "")))
      ).text.matchAll(/mention group">(@\w+)/g),
    ].map(([, name]) => name);
  expect(await links(from)).toEqual(["@friends"]);
  const { id } = await camp.team.moderation.mergeTopic({ community, topic: from, into });
  expect(await links(into)).toEqual(["@friends", "@friends"]);
  await camp.team.moderation.undoMove({ community, moveId: id });
  expect(await links(from)).toEqual(["@friends"]);
  await clara.api.posts.remove({ community, topic: from, number: 1 });
  await camp.team.moderation.restore({ community, topic: from, number: 1 });
  expect(await links(from)).toEqual(["@friends"]);
});

test("a post that would call too many is refused with its text kept, and so is whoever calls all the time", async () => {
  const crowd = await circle({ name: "Crowd" }, anna);
  const at = new Date(0);
  await sql`
    with made as (
      insert into members (community_id, id, name, created_at)
      select ${camp.community}, gen_random_uuid(), 'x' || n, ${at} from generate_series(1, ${MOST_CALLED}) n
      returning community_id, id, name
    ), accounts as (
      insert into hub_accounts (community_id, id, member_id, name_key, joined_at)
      select community_id, gen_random_uuid(), id, name, ${at} from made returning community_id, member_id
    )
    insert into hub_group_members (community_id, group_id, member_id, came_by, came_at)
    select community_id, ${crowd.id}, member_id, 'hand', ${at} from accounts`.execute(databases.owner);
  const form = {
    form: newId(1),
    board: camp.board,
    kind: "discussion",
    title: "All of you",
    text: "@crowd!",
    tags: "",
  };
  const refused = await anna.send("/new", form);
  expect([refused.status, refused.text.includes("@crowd!")]).toEqual([409, true]);
  await expect(topicBy(anna, "@crowd")).rejects.toEqual(code("calls-too-many"));
  await topicBy(anna, "`@crowd` is large");
  await circle({ name: "Few" }, anna);
  isLimited = true;
  const [first, ...more] = await Promise.allSettled(Array.from({ length: 12 }, () => topicBy(anna, "@few")));
  isLimited = false;
  expect(first?.status).toBe("fulfilled");
  expect(more.filter(({ status }) => status === "rejected")).toHaveLength(2);
});

test("the team is told of a group that a member's name stands before", async () => {
  const group = await circle({ name: "Doers" });
  expect(group.namesake).toBeNull();
  // Before handles were kept apart from names, a member could take one.
  await sql`update hub_accounts set name_key = 'doers' where member_id = ${clara.memberId}`.execute(databases.owner);
  expect(await camp.team.groups.get({ community, groupId: group.id })).toMatchObject({
    namesake: { memberId: clara.memberId, name: "clara" },
  });
  await sql`update hub_accounts set name_key = 'clara' where member_id = ${clara.memberId}`.execute(databases.owner);
});

test("a handle belongs to one group or one member", async () => {
  const first = await circle({ name: "Bakers", handle: "bakers" });
  expect(await circle({ name: "bakers!" })).toMatchObject({ handle: "bakers-2" });
  await camp.team.groups.remove({ community, groupId: first.id });
  await circle({ name: "Loaves", handle: "bakers" });
  expect(await camp.team.groups.restore({ community, groupId: first.id })).toMatchObject({ handle: "Bakers-3" });
  await expect(circle({ name: "Further", handle: "Bakers" })).rejects.toEqual(code("group-handle-taken"));
  await expect(circle({ name: "More", handle: "anna" })).rejects.toEqual(code("group-handle-of-member"));
  await expect(circle({ name: "Worse", handle: "two words" })).rejects.toBeInstanceOf(Error);
  expect(await circle({ name: "🙂" })).toMatchObject({ handle: "group" });
  await expect(camp.member("BAKERS")).rejects.toMatchObject({ code: "hub.name-taken", details: { free: "BAKERS-4" } });
  const gone = await camp.member("Nora");
  await gone.api.people.leave({ community });
  await expect(circle({ name: "Still", handle: "nora" })).rejects.toEqual(code("group-handle-of-member"));
  expect(await circle({ name: "Тёплые ламы" })).toMatchObject({ handle: "Тёплые-ламы" });
});
