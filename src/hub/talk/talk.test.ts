import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { newId } from "#src/base/ids.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");

/** A question of Anna's. */
async function question(title = "How do I brew it?"): Promise<number> {
  const wish = { community, boardId: camp.board, kind: "question", title, text: "With **hot** water?" } as const;
  return (await anna.api.topics.openTopic(wish)).topic;
}

const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });

test("a question is asked, answered and accepted, and everybody reads it", async () => {
  const topic = await question();
  const { number } = await boris.api.topics.reply({ community, topic, text: "Not *boiling*." });
  await expect(boris.api.topics.accept({ community, topic, number })).rejects.toEqual(code("not-your-question"));
  await anna.api.topics.accept({ community, topic, number });
  const read = await camp.guest().api.topics.topic({ community, topic });
  expect(read).toMatchObject({
    answer: 2,
    posts: 2,
    accepted: { number: 2, author: { name: "boris", isTeam: false } },
  });
  expect(read.items.map((post) => post.html.trim())).toEqual([
    "<p>With <strong>hot</strong> water?</p>",
    "<p>Not <em>boiling</em>.</p>",
  ]);
});

test("what is written in the hub is a message like any other, and a question counts as one", async () => {
  const topic = await question("Cold brew for guests");
  await boris.api.topics.reply({ community, topic, text: "Yes" });
  const stored = await sql<{ text: string; isQuestion: boolean; answers: boolean; name: string }>`
    select w.text, w.is_question as "isQuestion", w.reply_to_id is not null as answers, m.name from hub_posts p
    join messages w on w.community_id = p.community_id and w.id = p.message_id
    join members m on m.community_id = w.community_id and m.id = w.member_id
    where p.community_id = ${camp.community} and p.topic = ${topic} order by p.number`.execute(databases.owner);
  expect(stored.rows).toEqual([
    { text: "Cold brew for guests\n\nWith **hot** water?", isQuestion: true, answers: false, name: "anna" },
    { text: "Yes", isQuestion: false, answers: true, name: "boris" },
  ]);
});

test("a form that is sent twice writes once, even at the same moment", async () => {
  const topic = await question();
  const form = newId(Date.now());
  const places = await Promise.all(
    [1, 2, 3].map(() => boris.api.topics.reply({ community, topic, text: "Once", form })),
  );
  expect(places).toEqual([2, 2, 2].map((number) => ({ topic, number })));
  expect((await anna.api.topics.topic({ community, topic })).posts).toBe(2);
  const opening = newId(Date.now());
  const wish = { community, boardId: camp.board, title: "Only one", text: "Hello", form: opening };
  const [first, second] = await Promise.all([anna.api.topics.openTopic(wish), anna.api.topics.openTopic(wish)]);
  expect(first).toEqual(second);
});

test("thirty replies at once get thirty numbers in a row", async () => {
  const topic = await question();
  const places = await Promise.all(
    Array.from({ length: 30 }, (_, i) => boris.api.topics.reply({ community, topic, text: `Reply ${i}` })),
  );
  expect(places.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 2));
});

test("of two edits of one text the second is told, and its earlier texts can be read", async () => {
  const topic = await question();
  const before = await anna.api.posts.source({ community, topic, number: 1 });
  await anna.api.posts.edit({ community, topic, number: 1, text: "With cold water", version: before.version });
  const late = { community, topic, number: 1, text: "With milk", version: before.version };
  await expect(anna.api.posts.edit(late)).rejects.toEqual(code("edit-conflict"));
  await expect(boris.api.posts.edit({ ...late, version: before.version + 1 })).rejects.toEqual(code("not-your-post"));
  expect((await anna.api.posts.source({ community, topic, number: 1 })).text).toBe("With cold water");
  const { items } = await anna.api.posts.history({ community, topic, number: 1 });
  expect(items.map(({ text }) => text)).toEqual(["How do I brew it?\n\nWith **hot** water?"]);
});

test("a deleted post keeps its number and loses its text; a topic others wrote in stays", async () => {
  const topic = await question();
  await boris.api.topics.reply({ community, topic, text: "Something rash" });
  await expect(anna.api.posts.remove({ community, topic, number: 2 })).rejects.toEqual(code("not-your-post"));
  await boris.api.posts.remove({ community, topic, number: 2 });
  const { items, posts } = await anna.api.topics.topic({ community, topic });
  expect(posts).toBe(1);
  expect(items[1]).toMatchObject({ number: 2, isDeleted: true, html: "" });
  await boris.api.topics.reply({ community, topic, text: "Something wise" });
  await expect(anna.api.posts.remove({ community, topic, number: 1 })).rejects.toEqual(code("topic-has-replies"));
  const left =
    await sql`select from messages where community_id = ${camp.community} and text = 'Something rash'`.execute(
      databases.owner,
    );
  expect(left.rows).toHaveLength(0);
});

test("a mark counts once for each person and goes when it is taken back", async () => {
  const topic = await question();
  const mark = { community, topic, number: 1, mark: "👍" } as const;
  await boris.api.posts.react({ ...mark, isOn: true });
  await boris.api.posts.react({ ...mark, isOn: true });
  await anna.api.posts.react({ ...mark, isOn: true });
  const marks = async () => (await anna.api.topics.topic({ community, topic })).items[0]?.reactions;
  expect(await marks()).toEqual([{ mark: "👍", count: 2 }]);
  await boris.api.posts.react({ ...mark, isOn: false });
  expect(await marks()).toEqual([{ mark: "👍", count: 1 }]);
});

test("nobody writes in a closed topic, nor is it said to wait for an answer, and whoever closed it can open it again", async () => {
  const topic = await question();
  const waits = async (): Promise<boolean> => {
    const { items } = await boris.api.topics.topics({ community, filter: "unsolved" });
    return items.some(({ number }) => number === topic);
  };
  expect(await waits()).toBe(true);
  await camp.team.moderation.arrangeTopic({ community, topic, isClosed: true });
  expect(await waits()).toBe(false);
  await expect(boris.api.topics.reply({ community, topic, text: "Late" })).rejects.toEqual(code("topic-closed"));
  await camp.team.moderation.arrangeTopic({ community, topic, isClosed: false });
  await boris.api.topics.reply({ community, topic, text: "In time" });
});

test("the team speaks as the team, and its moderators delete what is not theirs", async () => {
  const topic = await question();
  const lead = camp.staff("lead");
  const { number } = await lead.api.topics.reply({ community, topic, text: "From all of us" });
  const { items } = await anna.api.topics.topic({ community, topic });
  expect(items.at(-1)?.author).toMatchObject({ name: "lead", isTeam: true });
  await boris.api.topics.reply({ community, topic, text: "Spam" });
  await lead.api.posts.remove({ community, topic, number: number + 1 });
  expect((await anna.api.topics.topic({ community, topic })).items.at(-1)?.isDeleted).toBe(true);
});

test("a report reaches the team, with the post and what was said", async () => {
  const topic = await question("Reported one");
  await boris.api.posts.report({ community, topic, number: 1, reason: "Advertising" });
  const { items } = await camp.team.moderation.reports({ community });
  expect(items).toMatchObject([{ title: "Reported one", reporter: "boris", author: "anna", reason: "Advertising" }]);
  expect(items[0]?.beginning).toBe("With hot water?");
  await camp.team.moderation.settleReport({ community, reportId: items[0]?.id ?? "", isSettled: true });
  expect((await camp.team.moderation.reports({ community })).items).toEqual([]);
});
