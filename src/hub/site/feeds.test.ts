import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases, { about: "Coffee at dawn" });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const guest = camp.guest();
const HOSTILE = `</title><script>alert(1)</script> & "quotes" ]]>`;

let question = 0;
let hidden = 0;

beforeAll(async () => {
  const closed = await camp.team.setUp.makeBoard({ community, name: "Cellar", access: "members" });
  const open = async (wish: { boardId: string; title: string; text: string; kind: "question" | "discussion" }) =>
    (await anna.api.topics.openTopic({ community, tags: ["brewing"], ...wish })).topic;
  const ask = { kind: "question", boardId: camp.board } as const;
  question = await open({ ...ask, title: "Which water?", text: "Hard <b>or</b> soft & cold?" });
  hidden = await open({ ...ask, boardId: closed.id, title: "Of the cellar", text: "Not for everybody" });
  const text = `</script><script>alert(2)</script>\u000b`;
  await open({ boardId: camp.board, kind: "discussion", title: HOSTILE, text });
  await boris.api.topics.reply({ community, topic: question, text: "Soft." });
  await boris.api.topics.reply({ community, topic: question, text: "Hard, says nobody." });
  await anna.api.topics.accept({ community, topic: question, number: 2 });
});

/** What the page tells search engines. */
function described(page: string): Record<string, unknown> {
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? "{}";
  return JSON.parse(json) as Record<string, unknown>;
}

test("a feed tells guests of new topics, the newest first, and of no board that is closed to them", async () => {
  const { text, status } = await guest.page("/feed.xml");
  expect(status).toBe(200);
  const items = [...text.matchAll(/<item>(.*?)<\/item>/gs)].map(([, item]) => item ?? "");
  expect(items).toHaveLength(2);
  expect(items[1]).toContain("<title>Which water?</title>");
  expect(items[1]).toContain(`<link>http://localhost/c/${community}/t/${question}-which-water</link>`);
  expect(items[1]).toContain("<category>brewing</category>");
  expect(items[1]).toMatch(/<description>Hard .*soft &amp; cold\?<\/description>/);
  expect(text).not.toContain("cellar");
  expect((await anna.page("/feed.xml")).text).toContain("Of the cellar");
});

test("a board has a feed of its own, and one that a guest may not see has none for them", async () => {
  const { items } = await camp.team.setUp.allBoards({ community });
  const keys = items.map(({ key, name }) => ({ key, isClosed: name === "Cellar" }));
  for (const { key, isClosed } of keys) {
    expect((await guest.page(`/b/${key}/feed.xml`)).status).toBe(isClosed ? 404 : 200);
    expect((await anna.page(`/b/${key}/feed.xml`)).status).toBe(200);
  }
  expect(keys).toHaveLength(2);
});

test("whatever people write, a feed stays XML and a page keeps its own scripts", async () => {
  const { text } = await guest.page("/feed.xml");
  expect(text).not.toContain("<script");
  expect(text).toContain("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; ]]&gt;");
  expect(text).not.toContain("\u000b");
  const { location } = await guest.page(`/t/${hidden + 1}`);
  const { text: page } = await guest.page(location.replace(`/c/${community}`, ""));
  expect(page).not.toContain("<script>alert");
  expect(described(page)).toMatchObject({ "@type": "DiscussionForumPosting", headline: HOSTILE });
});

test("search engines are given every open topic, and nothing of a hub that is closed to guests", async () => {
  const index = await anna.page("/sitemap.xml");
  expect(index.text).toContain(`<loc>http://localhost/c/${community}/sitemap-1.xml</loc>`);
  const { text } = await anna.page("/sitemap-1.xml");
  expect(text).toContain(`/t/${question}-which-water</loc>`);
  expect(text).not.toContain(`/t/${hidden}-`);
  expect((await guest.page("/sitemap-2.xml")).text).not.toContain("<url>");
  const closed = await openCamp(databases, { reading: "members" });
  const carl = await closed.member("carl");
  expect((await carl.page("/sitemap.xml")).status).toBe(404);
  expect((await closed.guest().page("/feed.xml")).status).not.toBe(200);
});

test("a question is described with its accepted answer, for guests and for them alone", async () => {
  const path = `/t/${question}-which-water`;
  const { text } = await guest.page(path);
  expect(described(text)).toMatchObject({
    "@type": "QAPage",
    mainEntity: {
      name: "Which water?",
      answerCount: 2,
      text: "Hard <b>or</b> soft & cold?",
      acceptedAnswer: { text: "Soft.", author: { name: "boris" } },
      suggestedAnswer: [{ text: "Hard, says nobody." }],
    },
  });
  expect(text).toContain(`<meta property="og:title" content="Which water?">`);
  expect(text).toContain(`<meta name="description" content="Hard &lt;b&gt;or&lt;/b&gt; soft &amp; cold?">`);
  expect((await anna.page(path)).text).not.toContain("ld+json");
});
