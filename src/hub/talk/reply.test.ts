import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { addPosts } from "../store/posts.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");

async function topicOf(title: string): Promise<number> {
  const wish = { community, boardId: camp.board, kind: "discussion", title, text: "Let us talk" } as const;
  return (await anna.api.topics.openTopic(wish)).topic;
}

test("replies that come at the same moment get a place each, and a form that comes twice gets one", async () => {
  const [busy, other] = [await topicOf("A busy topic"), await topicOf("Another one")];
  const form = newId(Date.now());
  const texts = ["one", "two", "three", "four", "five"];
  const [, , ...places] = await Promise.all([
    boris.api.topics.reply({ community, topic: other, text: "elsewhere", form }),
    boris.api.topics.reply({ community, topic: other, text: "elsewhere", form }),
    ...texts.map((text, n) => (n % 2 === 0 ? anna : boris).api.topics.reply({ community, topic: busy, text })),
  ]);
  const { items, posts, lastAuthor } = await boris.api.topics.topic({ community, topic: busy });
  const shown = places.map(({ number }) => items.find((post) => post.number === number)?.html.trim());
  expect(shown).toEqual(texts.map((text) => `<p>${text}</p>`));
  const last = items.at(-1)?.author.memberId;
  expect({ posts, count: items.length, last: lastAuthor.memberId }).toEqual({ posts: 6, count: 6, last });
  expect((await boris.api.topics.topic({ community, topic: other })).posts).toBe(2);
});

test("posts written together stand in each topic in the order in which they came, and its last one names its last author", async () => {
  const [left, right] = [await topicOf("To the left"), await topicOf("To the right")];
  const posts = [
    [left, anna],
    [right, boris],
    [left, boris],
    [left, anna],
    [right, anna],
    [left, boris],
  ] as const;
  const at = Date.now();
  const rows = posts.map(([topic, { memberId }]) => ({
    topic,
    memberId,
    messageId: newId(at),
    asTeam: false,
    html: "",
    at,
  }));
  const numbers = await databases.asOwner((tx) => addPosts(tx, camp.community, rows));
  expect(rows.map(({ messageId }) => numbers.get(messageId))).toEqual([2, 2, 3, 4, 3, 5]);
  const topics = await sql`
    select number, posts, last_post as "last", last_member_id as by from hub_topics
    where community_id = ${camp.community} and number = any(${[left, right]}::int[]) order by number`.execute(
    databases.owner,
  );
  expect(topics.rows).toEqual([
    { number: left, posts: 5, last: 5, by: boris.memberId },
    { number: right, posts: 3, last: 3, by: anna.memberId },
  ]);
});

test("a reply that is refused spoils none of those that came with it", async () => {
  const [open, closed] = [await topicOf("An open topic"), await topicOf("A closed topic")];
  await camp.staff("vera").send(`/t/${closed}/arrange`, { deed: "close" });
  const outcomes = await Promise.allSettled(
    [open, closed, open, 999_999, open].map((topic) => boris.api.topics.reply({ community, topic, text: "Hello" })),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
  expect((await boris.api.topics.topic({ community, topic: open })).posts).toBe(4);
  expect((await boris.api.topics.topic({ community, topic: closed })).posts).toBe(1);
});

test("a member who has read a page sees whatever changed since the moment it was answered", async () => {
  const topic = await topicOf("Changing all the time");
  const page = async (): Promise<string> => (await boris.page(`/t/${topic}-changing-all-the-time`)).text;
  const lists = async (): Promise<string> =>
    (await boris.page("/topics")).text.split("<li").find((line) => line.includes(`/t/${topic}-`)) ?? "";
  expect(await page()).not.toContain("Fresh words");
  await lists();
  await anna.api.topics.reply({ community, topic, text: "Fresh words" });
  expect(await lists()).toContain("1 new");
  expect(await page()).toContain("Fresh words");
  expect(await lists()).not.toContain("1 new");
  await anna.api.posts.edit({ community, topic, number: 2, text: "Other words", version: 1 });
  expect(await page()).toContain("Other words");
  await anna.api.posts.react({ community, topic, number: 2, mark: "🎉", isOn: true });
  expect(await page()).toContain("🎉&nbsp;1");
  await anna.api.posts.edit({ community, topic, number: 1, text: "Let us talk", title: "Named anew", version: 1 });
  expect(await lists()).toContain("Named anew");
  await anna.api.posts.remove({ community, topic, number: 2 });
  expect(await page()).not.toContain("Other words");
});

test("whoever is signed out is a guest with the next page", async () => {
  const clara = await camp.member("clara");
  expect((await clara.page("/topics")).text).toContain("clara");
  await clara.send("/sign-out", {});
  expect((await clara.page("/topics")).text).not.toContain("clara");
});
