import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { readLog, rebuild } from "#src/log/read.ts";
import { hubSearch } from "../reactions.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const place = { community: camp.community, holder: newId(Date.now()) };
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const guest = camp.guest();

const readAll = () => readLog(databases, hubSearch, place);

async function ask(title: string, text: string, boardId = camp.board): Promise<number> {
  const wish = { community, boardId, kind: "question", title, text } as const;
  const { topic } = await anna.api.topics.openTopic(wish);
  await readAll();
  return topic;
}

async function found(typed: string, who = guest): Promise<number[]> {
  const { items } = await who.api.search.search({ community, typed });
  return items.map(({ topic }) => topic.number);
}

test("a question in Russian is found by another form of its words, with its answer marked as solved", async () => {
  const topic = await ask("Не приходят уведомления", "Заказы **оформлены**, а писем нет");
  const { number } = await boris.api.topics.reply({ community, topic, text: "Проверьте настройки рассылки" });
  await readAll();
  expect(await found("уведомлений")).toEqual([topic]);
  expect(await found("уведамление")).toEqual([topic]);
  const { items } = await guest.api.search.search({ community, typed: "рассылку" });
  expect(items[0]).toMatchObject({ number, topic: { number: topic } });
  expect(items[0]?.excerpt.find(({ isMatch }) => isMatch)?.text).toBe("рассылки");
  expect((await guest.api.search.search({ community, typed: "рассылку", solved: "yes" })).items).toEqual([]);
  await anna.api.topics.accept({ community, topic, number });
  expect((await guest.api.search.search({ community, typed: "рассылку", solved: "yes" })).items).toHaveLength(1);
  expect((await guest.api.search.similar({ community, title: "Уведомление не пришло" })).items[0]?.number).toBe(topic);
});

test("the page of findings marks the word, and what members typed stays text", async () => {
  await ask("Marking", "a <script>alert(1)</script> kaleidoscope & more");
  const { status, text } = await guest.page("/search?q=kaleidoscopes");
  expect(status).toBe(200);
  expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt; <mark>kaleidoscope</mark> &amp; more");
  expect((await guest.page(`/search?q=${encodeURIComponent('"><script>x</script>')}`)).text).not.toContain("<script>x");
  expect((await guest.page("/search?q=nothingofthekind")).text).toContain("Nothing found");
});

test("what was edited is found by its new words, what was deleted by none, from that moment on", async () => {
  const topic = await ask("Draft", "platypus");
  await anna.api.posts.edit({ community, topic, number: 1, version: 1, title: "Draft", text: "echidna" });
  await readAll();
  expect([await found("platypus"), await found("echidna")]).toEqual([[], [topic]]);
  await anna.api.posts.remove({ community, topic, number: 1 });
  expect(await found("echidna")).toEqual([]);
  await readAll();
  expect(await found("echidna")).toEqual([]);
});

test("members find what is for members, guests do not, and a topic that moves is found where it went", async () => {
  const hidden = await camp.team.setUp.makeBoard({
    community,
    name: "Inner circle",
    about: "",
    access: "members",
  });
  const topic = await ask("Whisper", "wolverine", hidden.id);
  expect([await found("wolverine"), await found("wolverine", boris)]).toEqual([[], [topic]]);
  const alike = async (who: typeof guest) =>
    (await who.api.search.similar({ community, title: "Whispers" })).items.map(({ number }) => number);
  expect([await alike(guest), await alike(boris)]).toEqual([[], [topic]]);
  await camp.team.moderation.arrangeTopic({ community, topic, board: camp.board });
  expect(await found("wolverine")).toEqual([topic]);
});

test("the index made anew finds the same", async () => {
  const topic = await ask("Again", "axolotl");
  await rebuild(databases, hubSearch, place);
  expect(await found("axolotls")).toEqual([topic]);
});

test("somebody who looks at a new topic before sending it is shown topics like it", async () => {
  const topic = await ask("Which grinder for espresso?", "Flat or conical?");
  const wish = { form: newId(0), board: camp.board, kind: "question", tags: "", text: "" };
  const looked = await anna.send("/new", { ...wish, title: "A grinder at home", deed: "preview" });
  expect(looked.text).toContain(`href="/c/${community}/t/${topic}-which-grinder-for-espresso"`);
  const other = await anna.send("/new", { ...wish, title: "Tea", deed: "preview" });
  expect(other.text).not.toContain("Has this been asked before?");
});

test("a search is narrowed on its page by board, by day and by what waits for an answer", async () => {
  const question = await ask("Descaling a kettle", "With vinegar?");
  const talk = { community, boardId: camp.board, kind: "discussion", title: "Smells", text: "Vinegar" } as const;
  const { topic: discussion } = await anna.api.topics.openTopic(talk);
  await readAll();
  const shown = async (rest: string): Promise<number[]> => {
    const { text } = await guest.page(`/search?q=vinegar&${rest}`);
    return [question, discussion].filter((topic) => text.includes(`/c/${community}/t/${topic}-`));
  };
  const year = new Date().getUTCFullYear();
  expect(await shown("board=&solved=&from=&to=")).toEqual([question, discussion]);
  expect(await shown("board=general")).toEqual([question, discussion]);
  expect(await shown("solved=no")).toEqual([question]);
  expect(await shown("solved=yes")).toEqual([]);
  expect(await shown(`from=${year - 1}-01-01&to=${year + 1}-01-01`)).toEqual([question, discussion]);
  expect(await shown(`from=${year + 1}-06-01`)).toEqual([]);
  expect(await shown("from=nonsense")).toEqual([question, discussion]);
});

test("a deleted topic takes its replies along: nothing of it is found, counted or shown on anybody's page", async () => {
  const topic = await ask("Wholesale parrots", "Cheap parrots");
  await boris.api.topics.reply({ community, topic, text: "A parakeet is cheaper" });
  await anna.api.topics.reply({ community, topic, text: "My parrots talk" });
  await readAll();
  const postsOf = async () => (await guest.page(`/people/${boris.memberId}`)).text.includes("Wholesale parrots");
  expect([await found("parakeet"), await postsOf()]).toEqual([[topic], true]);
  await camp.staff("lead").api.posts.remove({ community, topic, number: 1 });
  await readAll();
  expect([await found("parakeet"), await found("parrots"), await postsOf()]).toEqual([[], [], false]);
  const left =
    await sql`select from messages where community_id = ${camp.community} and text like '%parakeet%'`.execute(
      databases.owner,
    );
  expect(left.rows).toHaveLength(0);
  expect((await guest.page(`/t/${topic}`)).status).toBe(410);
});

test("whoever asked may delete a topic in which only they wrote", async () => {
  const topic = await ask("Never mind", "I found it");
  await anna.api.topics.reply({ community, topic, text: "Really" });
  await anna.api.posts.remove({ community, topic, number: 1 });
  expect((await guest.page(`/t/${topic}`)).status).toBe(410);
});
