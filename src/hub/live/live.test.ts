import { afterAll, expect, test } from "vitest";
import { openChanges } from "#src/log/changes.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp } from "../testing/camp.ts";
import { type Ear, listenTo, type Told } from "../testing/ear.ts";
import { MOST_OF_ONE_ADDRESS } from "./lines.ts";

const databases = await testDatabase();
const feed = await openChanges(databases.ownerUrl);
const stopping = new AbortController();
const camp = await openCamp(databases, {}, { live: { feed, stopping: stopping.signal } });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const clara = await camp.member("clara");
const dora = await camp.member("dora");
afterAll(() => feed.stop());

interface ShownPost {
  readonly number: number;
  readonly html: string;
}

/** What a topic's line told of posts. */
function postsIn(told: Told | undefined): readonly ShownPost[] {
  expect(told?.event).toBe("topic");
  return told?.content["posts"] as readonly ShownPost[];
}

async function openQuestion(title: string): Promise<number> {
  const wish = { community, boardId: camp.board, kind: "question", title, text: "First" } as const;
  return (await anna.api.topics.openTopic(wish)).topic;
}

/** Opens a line and hears its greeting. */
async function hello(guest: typeof anna | ReturnType<typeof camp.guest>, query: string): Promise<Ear> {
  const ear = await listenTo(guest, query);
  expect((await ear.next())?.event).toBe("hello");
  return ear;
}

test("an open topic is told of a reply, an edit, a mark and the accepted answer, each reader as their own page shows it", async () => {
  const topic = await openQuestion("What is new?");
  const query = `topic=${topic}`;
  const [asker, helper, guest] = [
    await hello(anna, query),
    await hello(boris, query),
    await hello(camp.guest(), query),
  ];
  await boris.api.topics.reply({ community, topic, text: "A **reply**" });
  const [[forAsker], [forHelper], [forGuest]] = [
    postsIn(await asker.next()),
    postsIn(await helper.next()),
    postsIn(await guest.next()),
  ];
  expect(forGuest?.html).toContain("A <strong>reply</strong>");
  expect(forGuest?.html).not.toMatch(/<form|\/edit"/);
  expect(forAsker?.html).toContain("This is the answer");
  expect(forAsker?.html).not.toContain("/edit");
  expect(forHelper?.html).toContain("/p/2/edit");
  await boris.api.posts.edit({ community, topic, number: 2, text: "Said better", version: 1 });
  expect(postsIn(await guest.next())).toMatchObject([{ number: 2, html: expect.stringContaining("Said better") }]);
  const [marker, reader] = [await hello(clara, query), await hello(dora, query)];
  await clara.api.posts.react({ community, topic, number: 2, mark: "🎉", isOn: true });
  expect(postsIn(await marker.next())[0]?.html).toMatch(/value="-🎉" aria-pressed="true"/);
  expect(postsIn(await reader.next())[0]?.html).toMatch(/value="\+🎉" aria-pressed="false"[^>]*>🎉&nbsp;1/);
  await anna.api.topics.accept({ community, topic, number: 2 });
  await guest.next();
  const accepted = await guest.next();
  expect(postsIn(accepted)[0]?.html).toContain("post accepted");
  expect(accepted?.content["standing"]).toContain("Solved");
  for (const ear of [asker, helper, guest, marker, reader]) ear.close();
});

test("what is said in a moment is told once and nothing of it is lost", async () => {
  const topic = await openQuestion("A busy moment");
  const ear = await hello(camp.guest(), `topic=${topic}`);
  await Promise.all([1, 2, 3, 4, 5].map((n) => boris.api.topics.reply({ community, topic, text: `No ${n}` })));
  const numbers = new Set<number>();
  while (numbers.size < 5) for (const { number } of postsIn(await ear.next())) numbers.add(number);
  expect(numbers).toEqual(new Set([2, 3, 4, 5, 6]));
  ear.close();
});

test("a list is told of a new topic and of a reply, and not of a mark under a post", async () => {
  const ear = await hello(camp.guest(), "");
  const topic = await openQuestion("The first");
  const isTold = async (number: number, isNew: boolean): Promise<void> =>
    expect(await ear.next()).toEqual({ event: "list", content: { topics: [{ number, isNew }] } });
  // What was opened just before the page may be told as well.
  const { content } = (await ear.next()) ?? {};
  expect(content).toEqual({ topics: expect.arrayContaining([{ number: topic, isNew: true }]) });
  await boris.api.posts.react({ community, topic, number: 1, mark: "👍", isOn: true });
  await isTold(await openQuestion("The second"), true);
  await boris.api.topics.reply({ community, topic, text: "Here" });
  await isTold(topic, false);
  ear.close();
});

test("whoever may not read any more hears nothing more: a guest of a closed board, a member who signed out", async () => {
  const topic = await openQuestion("Soon for members");
  const { id: porch } = await camp.team.setUp.makeBoard({ community, name: "Porch", access: "everyone" });
  const [guest, list, member] = [
    await hello(camp.guest(), `topic=${topic}`),
    await hello(camp.guest(), ""),
    await hello(boris, `topic=${topic}`),
  ];
  await camp.team.setUp.changeBoard({ community, boardId: camp.board, access: "members" });
  // Who may read has changed, and nothing that can be seen: the next thing told is the end.
  expect((await guest.next())?.event).toBe("gone");
  expect(await guest.next()).toBeUndefined();
  expect((await listenTo(camp.guest(), `topic=${topic}`)).status).toBe(404);
  await anna.api.topics.reply({ community, topic, text: "Among us" });
  expect(postsIn(await member.next())[0]?.html).toContain("Among us");
  await boris.api.people.signOut({ community });
  await anna.api.topics.reply({ community, topic, text: "After he left" });
  expect(await member.next()).toBeUndefined();
  // What follows on a board that stayed open comes after the replies: a list that tells of it has passed over them.
  const wish = { community, boardId: porch, kind: "question", title: "For all", text: "First" } as const;
  const { topic: open } = await anna.api.topics.openTopic(wish);
  const heard: unknown[] = [];
  do heard.push((await list.next())?.content);
  while (!JSON.stringify(heard).includes(`:${open},`));
  // The replies that guests may not read are in none of it.
  expect(JSON.stringify(heard)).not.toContain(`{"number":${topic},"isNew":false}`);
  await camp.team.setUp.changeBoard({ community, boardId: camp.board, access: "everyone" });
  list.close();
});

test("a deleted topic is told to be gone", async () => {
  const topic = await openQuestion("Not for long");
  const ear = await hello(camp.guest(), `topic=${topic}`);
  await anna.api.posts.remove({ community, topic, number: 1 });
  expect((await ear.next())?.event).toBe("gone");
  expect(await ear.next()).toBeUndefined();
});

test("one address opens only so many lines, and each that closes makes room for another", async () => {
  // A process of its own, in which no line of another test is still about to close.
  const alone = await openCamp(databases, {}, { live: { feed: { ...feed }, stopping: new AbortController().signal } });
  const ears = await Promise.all(Array.from({ length: MOST_OF_ONE_ADDRESS }, () => hello(alone.guest(), "")));
  expect((await listenTo(alone.guest(), "")).status).toBe(503);
  ears[0]?.close();
  const again = async () => {
    const ear = await listenTo(alone.guest(), "");
    ears.push(ear);
    return ear.status;
  };
  await expect.poll(again).toBe(200);
  for (const ear of ears) ear.close();
});

test("when the process stops every line ends", async () => {
  const own = new AbortController();
  const other = await openCamp(databases, {}, { live: { feed, stopping: own.signal } });
  const ear = await hello(other.guest(), "");
  own.abort();
  expect(await ear.next()).toBeUndefined();
});
