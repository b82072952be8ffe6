import { createRouterClient } from "@orpc/server";
import { expect, test } from "vitest";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { communityBySlug } from "#src/communities/queries.ts";
import { openCamp } from "#src/hub/testing/camp.ts";
import { feedApi } from "./api.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const call = testCall(
  { databases, caller: keyIn(camp.facts, "analyst"), communities: [camp.facts] },
  { findCommunity: (slug) => communityBySlug(databases, slug) },
);
const feed = createRouterClient(feedApi, { context: call });

test("the team sees what happens, newest first, narrowed by what and where, and each line leads to its place", async () => {
  const anna = await camp.member("anna");
  const boris = await camp.member("boris");
  const wish = { community, boardId: camp.board, kind: "question", title: "Fresh beans", text: "Where?" } as const;
  const { topic } = await anna.api.topics.openTopic(wish);
  await boris.api.topics.reply({ community, topic, text: "At the corner" });
  await anna.api.posts.react({ community, topic, number: 2, mark: "🙏", isOn: true });
  const { items } = await feed.list({ community });
  expect(items.map(({ kind, member, text, emoji }) => [kind, member?.name, text, emoji])).toEqual([
    ["reaction.added", "anna", "At the corner", "🙏"],
    ["message.posted", "boris", "At the corner", null],
    ["message.posted", "anna", "Fresh beans · Where?", null],
    ["member.joined", "boris", null, null],
    ["member.joined", "anna", null, null],
  ]);
  expect(items[1]).toMatchObject({ platform: "hub", address: `/c/${community}/t/${topic}-fresh-beans#post-2` });
  const board = items[1]?.space.id ?? "";
  expect((await feed.list({ community, view: "people", space: board })).items).toEqual([]);
  const first = await feed.list({ community, limit: 2 });
  const rest = await feed.list({ community, limit: 50, after: first.next ?? "" });
  expect([...first.items, ...rest.items]).toEqual(items);
});

test("a message of the hub is told as its readers see it: without markup, spoilers hidden, pictures by a word", async () => {
  const dora = await camp.member("dora");
  const text = `**So** [good](https://tea.example/a_b)! ![cup](/c/${community}/files/none) the end is ||everybody\nlives|| ${"long ".repeat(80)}`;
  await dora.api.topics.openTopic({ community, boardId: camp.board, title: "Tea *now*", text });
  const { items } = await feed.list({ community, limit: 1 });
  expect(items[0]?.text).toMatch(/^Tea \*now\* · So good! \[picture\] the end is … long (?:long )+long…$/);
});

test("what was deleted is told without its words", async () => {
  const carla = await camp.member("carla");
  const { topic } = await carla.api.topics.openTopic({ community, boardId: camp.board, title: "Regret", text: "Oops" });
  await carla.api.posts.remove({ community, topic, number: 1 });
  const { items } = await feed.list({ community, view: "gone" });
  expect(items).toMatchObject([{ kind: "message.deleted", member: { name: "carla" }, text: null, address: null }]);
  expect(JSON.stringify(await feed.list({ community }))).not.toContain("Oops");
});
