import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp } from "#src/hub/testing/camp.ts";
import { archiveJson } from "./archive/json.ts";
import { readOwn } from "./archive/read.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;

test("a member takes along what they gave, without what others wrote and without their password's hash", async () => {
  const [anna, boris] = [await camp.member("anna"), await camp.member("boris")];
  const wish = { community, boardId: camp.board, title: "Which water?", text: "Soft water, surely" };
  const { topic } = await anna.api.topics.openTopic(wish);
  await boris.api.topics.reply({ community, topic, text: "anna is right" });
  await boris.api.posts.bookmark({ community, topic, number: 1, isOn: true });
  const run: Parameters<typeof readOwn>[0] = (work) => databases.asCommunity(camp.community, work);
  const heading = { community: "Camp", madeAt: "2026-11-22T00:00:00.000Z" };
  const pieces: string[] = [];
  for await (const piece of archiveJson(readOwn(run, camp.community, boris.memberId), heading)) pieces.push(piece);
  const own = pieces.join("");
  expect(JSON.parse(own)).toMatchObject({ members: [{ name: "boris" }] });
  expect(own).toContain("is right");
  expect(own).toContain("hub_bookmarks");
  expect(own).not.toMatch(/Soft water|scrypt|token_hash/);
});
