import { isProcedure } from "@orpc/server";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { platforms } from "#src/platforms/all.ts";
import type { CapabilityName } from "#src/platforms/platform.ts";
import { hubApi } from "./api.ts";
import { openCamp } from "./testing/camp.ts";

const hub = platforms.find(({ name }) => name === "hub");
const support = (name: CapabilityName) => hub?.capabilities[name].support;

function operations(part: unknown): string[] {
  if (isProcedure(part)) return [part["~orpc"].route.operationId ?? ""];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(operations) : [];
}

/** The operation by which each of these would be done. */
const done: Partial<Record<CapabilityName, RegExp>> = {
  send: /^createHubPost$/,
  edit: /^changeHubPost$/,
  pin: /^arrangeHubTopic$/,
  topics: /^createHubTopic$/,
  polls: /poll|vote/i,
  "direct-messages": /direct|private|letter/i,
  delete: /^deleteHubPost$/,
  mute: /mute|silence/i,
  ban: /Ban|Block|Expel/,
  "sign-in": /^signInToHub$/,
};

test("the page of platforms says of our own hub that it can do something only when there is a way to do it", () => {
  const all = operations(hubApi);
  expect(all.length).toBeGreaterThan(25);
  for (const [name, operation] of Object.entries(done)) {
    const claimed = support(name as CapabilityName) !== "no";
    expect([name, claimed]).toEqual([name, all.some((each) => operation.test(each))]);
  }
});

test("what the hub is said to let others see is told when it happens", async () => {
  const databases = await testDatabase();
  const camp = await openCamp(databases);
  const { slug: community } = camp.facts;
  const anna = await camp.member("anna");
  const wish = {
    community,
    boardId: camp.board,
    kind: "discussion",
    title: "Tea for all",
    text: "Green or black?",
  } as const;
  const { topic } = await anna.api.topics.openTopic(wish);
  const { number } = await anna.api.topics.reply({ community, topic, text: "Black." });
  await anna.api.posts.react({ community, topic, number, mark: "👍", isOn: true });
  await anna.api.posts.remove({ community, topic, number });
  await anna.api.people.leave({ community });
  const told = await sql<{ kind: string }>`
    select distinct kind from facts where community_id = ${camp.community}`.execute(databases.owner);
  const seen: Partial<Record<CapabilityName, readonly string[]>> = {
    "read-messages": ["message.posted"],
    "read-deletions": ["message.deleted"],
    "read-reactions": ["reaction.added"],
    "read-moves": ["member.joined", "member.left"],
  };
  for (const [name, kinds] of Object.entries(seen)) {
    expect([name, support(name as CapabilityName)]).toEqual([name, "yes"]);
    expect(told.rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...kinds]));
  }
});
