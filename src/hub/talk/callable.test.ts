import { expect, test } from "vitest";
import { openLimits } from "#src/accounts/limits.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { nameKey } from "../store/accounts.ts";
import { type Guest, openCamp } from "../testing/camp.ts";
import { handleOf, likelyFirst } from "./callable.ts";

const databases = await testDatabase();
let isLimited = false;
const limits = openLimits(() => 1_000_000);
const camp = await openCamp(
  databases,
  { directory: "members" },
  { limits: { take: (...taken) => isLimited && limits.take(...taken) } },
);
const { slug: community } = camp.facts;
const maria = camp.staff("Maria P");
const [anna, andrey, clara] = [await camp.member("anna"), await camp.member("andrey"), await camp.member("clara")];

/** Names that somebody is offered, groups behind people. */
async function offered(who: Guest, typed: string, place: { topic?: number; boardId?: string } = {}): Promise<string[]> {
  const { people, groups } = await who.api.people.callable({ community, typed, ...place });
  return [...people, ...groups].map(({ handle }) => handle);
}

const topicBy = async (who: Guest, boardId = camp.board) =>
  (await who.api.topics.openTopic({ community, boardId, title: "Kettles", text: "Does it boil?" })).topic;

const person = (name: string, wrote: number | null = null) => ({ memberId: name, name, key: nameKey(name), wrote });

test("who wrote in the topic is offered first, the latest before the others, and whoever is called exactly so before all", () => {
  const people = [person("Anna"), person("ann", null), person("Lea.Ann", 9), person("Anton", 3), person("Andrea", 7)];
  const names = (typed: string) => likelyFirst([...people, person("Anna", 2)], typed).map(({ name }) => name);
  expect(names("an")).toEqual(["Andrea", "Anton", "Anna", "Lea.Ann", "ann"]);
  expect(names("ANN")[0]).toBe("ann");
});

test("what is typed for a name is the name, with hyphens for spaces, and nothing where no call could hold it", () => {
  expect(handleOf({ name: "Алёна", key: "алена" })).toBe("Алёна");
  expect(handleOf({ name: "Maria P", key: "maria p" })).toBe("Maria-P");
  expect(handleOf({ name: "Renamed", key: "earlier" })).toBe("earlier");
  expect(handleOf({ name: "Мария · a1b2", key: "мария · a1b2" })).toBeUndefined();
});

test("somebody is offered those who wrote there, then others of the list of members, never themselves or who has left", async () => {
  const topic = await topicBy(andrey);
  const gone = await camp.member("angela");
  await gone.api.topics.reply({ community, topic, text: "It does" });
  expect(await offered(clara, "AN", { topic })).toEqual(["angela", "andrey", "anna"]);
  expect(await offered(andrey, "an", { topic })).toEqual(["angela", "anna"]);
  await gone.api.people.leave({ community, wrote: "named" });
  expect(await offered(clara, "an", { topic })).toEqual(["andrey", "anna"]);
});

test("without a list of members, and where somebody is not in it, only who wrote in the topic is offered", async () => {
  const topic = await topicBy(andrey);
  await anna.api.people.tellAbout({ community, isListed: false });
  expect(await offered(clara, "an", { topic })).toEqual(["andrey"]);
  await anna.api.topics.reply({ community, topic, text: "It does" });
  expect(await offered(clara, "an", { topic })).toEqual(["anna", "andrey"]);
  expect(await offered(clara, "an", { boardId: camp.board })).toEqual(["andrey"]);
  await camp.team.setUp.change({ community, directory: "nobody" });
  expect(await offered(clara, "an", { topic })).toEqual(["anna", "andrey"]);
  expect(await offered(clara, "an", { boardId: camp.board })).toEqual([]);
  await camp.team.setUp.change({ community, directory: "members" });
  await anna.api.people.tellAbout({ community, isListed: true });
});

test("who belongs to the group of a closed board is told to those who see its people, and to nobody else", async () => {
  const make = { community, takesRequests: true, callers: "everyone" } as const;
  const inner = await camp.team.groups.make({ ...make, name: "Androids" });
  await camp.team.groups.add({ community, groupId: inner.id, members: [anna.memberId, clara.memberId] });
  const board = { community, name: "In", access: "groups" as const, groupIds: [inner.id] };
  const { id: boardId } = await camp.team.setUp.makeBoard(board);
  expect(await offered(clara, "an", { boardId })).toEqual(["anna", "Androids"]);
  await camp.team.groups.change({ community, groupId: inner.id, showsPeople: false });
  expect(await offered(clara, "an", { boardId })).toEqual(["Androids"]);
  expect(await offered(maria, "an", { boardId })).toEqual(["anna", "Androids"]);
  await expect(offered(andrey, "an", { boardId })).rejects.toMatchObject({ code: "hub.no-such-board" });
  const topic = await topicBy(anna, boardId);
  expect(await offered(clara, "an", { topic })).toEqual(["anna", "Androids"]);
  await expect(offered(andrey, "an", { topic })).rejects.toMatchObject({ code: "hub.no-such-topic" });
  await expect(offered(camp.guest(), "an")).rejects.toMatchObject({ code: "hub.sign-in-first" });
});

test("only groups are offered that a post would call, and one of the team is called with a hyphen for the space in their name", async () => {
  await camp.team.groups.make({ community, name: "Quiet", callers: "team", takesRequests: true });
  await camp.team.groups.make({ community, name: "Quilters", callers: "everyone", takesRequests: true });
  await camp.team.groups.make({ community, name: "Quick", callers: "everyone" });
  expect(await offered(clara, "qui")).toEqual(["Quilters"]);
  const topic = await topicBy(maria);
  expect(await offered(clara, "maria-p", { topic })).toEqual(["Maria-P"]);
  expect(await offered(clara, "p", { topic })).toEqual(["Maria-P"]);
  await clara.api.topics.reply({ community, topic, text: "@Maria-P, it does" });
  expect((await clara.page(`/t/${topic}-kettles`)).text).toMatch(/class="mention">@Maria-P</);
});

test("the page asks for lines in which nothing of a name is markup, and somebody who asks all the time is slowed down", async () => {
  const { text } = await clara.page("/names?typed=an");
  expect(text).toMatch(/^<li role="option" id="name-0" data-name="andrey">/);
  expect((await clara.page("/names?typed=")).text).toBe("");
  isLimited = true;
  const asked = await Promise.all(Array.from({ length: 125 }, () => clara.page("/names?typed=")));
  isLimited = false;
  expect(asked.filter(({ status }) => status === 429)).toHaveLength(5);
});
