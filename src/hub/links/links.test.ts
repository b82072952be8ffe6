import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { JobTools } from "#src/base/jobs.ts";
import { openOutside, publicPages } from "#src/base/outside/outside.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { bareLinks } from "../markdown/bare-links.ts";
import { hubLinks } from "../reactions.ts";
import { linkCards } from "../site/link-cards.ts";
import { openCamp } from "../testing/camp.ts";
import { hasHostileTexts, hostileTexts } from "../testing/hostile-texts.ts";
import { lookUpLinks } from "./look-up.ts";
import { pageFacts, pageText } from "./page-facts.ts";

const asked: string[] = [];
const site = { status: 200, title: "How to brew" };
const server = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers["user-agent"]}`);
  response.writeHead(site.status, { "content-type": "text/html; charset=utf-8" });
  response.end(`<head><title>${site.title}</title><meta name=description content="Water &amp; leaves">`);
}).listen(0, "127.0.0.1");
await once(server, "listening");
// A server on a port of the internet protocol has such an address.
const { port } = server.address() as AddressInfo;
const page = (name: string): string => `http://127.0.0.1:${port}/${name}`;
afterAll(() => void server.close());

const databases = await testDatabase();
const clock = { at: Date.now() };
const publicUrl = "https://veche.example";
const tools: JobTools = {
  ...testTools,
  publicUrl,
  databases,
  now: () => clock.at,
  signal: new AbortController().signal,
  jobs: noJobs,
};
const camp = await openCamp(databases, {}, { publicUrl, now: () => clock.at });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const near = openOutside({ ...publicPages, ports: [port], permits: (address) => address === "127.0.0.1" });

/** Lets the log be read, and looks at what is due a moment later. */
async function look(outside = near): Promise<void> {
  await readLog(databases, hubLinks, { community: camp.community, holder: newHolder() });
  clock.at = Math.max(clock.at, Date.now()) + 1000;
  await lookUpLinks(tools, outside);
}

async function topicWith(text: string, title = "A topic of ours"): Promise<number> {
  const wish = { community, boardId: camp.board, kind: "discussion", title, text } as const;
  return (await anna.api.topics.openTopic(wish)).topic;
}

const linksOf = async (topic: number, who = camp.guest()) =>
  (await who.api.topics.topic({ community, topic })).items[0]?.links.map(({ title }) => title);

beforeEach(() => {
  asked.length = 0;
  Object.assign(site, { status: 200, title: "How to brew" });
});

test("only addresses alone on a line of the post's own text are looked at, each once and three at most", () => {
  const text =
    "https://a.example/1\nSee https://b.example\n\n> https://quoted.example\n\n- https://listed.example\n\n```\nhttps://code.example\n```\n";
  expect(bareLinks(text)).toEqual(["https://a.example/1"]);
  expect(bareLinks("[words](https://a.example)\n\nmailto:a@a.example\n\nftp://a.example")).toEqual([]);
  expect(bareLinks([1, 2, 2, 3, 4].map((n) => `https://a.example/${n}`).join("\n\n"))).toHaveLength(3);
});

test("a page is read as it says of itself, in its own encoding, and nothing hostile in it costs time or becomes markup", () => {
  const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  const old = Buffer.concat([Buffer.from("<meta charset=windows-1251><title>"), cyrillic, Buffer.from("</title>")]);
  expect(pageFacts(pageText(old, "text/html")).title).toBe("Привет");
  expect(pageFacts(pageText(Buffer.from("<title>ёж</title>"), "text/html; charset=nonsense")).title).toBe("ёж");
  const graph = `<!-- <title>no</title> --><script>"<title>no</title>"</script><title>plain</title>
    <meta property="og:title" content="Tea &amp; &#171;water&#187; > all"><meta property='og:site_name' content='Camp'>`;
  expect(pageFacts(graph)).toEqual({ title: "Tea & «water» > all", about: "", site: "Camp" });
  for (const evil of ["<!--", "<a ", "<script>", '<meta content="', "<title", "&#", "<meta a=", "<"])
    expect(pageFacts(evil.repeat(200_000)).site).toBe("");
  expect(pageFacts(`<title>a\u202Eb\u0000 \n c${"x".repeat(999)}`).title).toMatch(/^ab c?.*…$/u);
});

test.skipIf(!hasHostileTexts)("hostile texts as titles stand in the page as words", () => {
  const visit = { call: { facts: camp.facts, boards: [], visitor: { kind: "guest" } } };
  for (const text of hostileTexts()) {
    const {
      title,
      about,
      site: name,
    } = pageFacts(
      `<meta name="description" content="${text.replaceAll('"', "&quot;")}"><title>${text.replaceAll("<", "&lt;")}</title>`,
    );
    const link = { address: "https://a.example", title, about, site: name, topic: null, boardId: null };
    // A card asks nothing else of a visit.
    const html = linkCards(visit as unknown as Parameters<typeof linkCards>[0], { links: [link] });
    const { markup } = html === false ? { markup: "" } : html;
    expect(markup).toMatch(
      /^<div class="link-cards"><a class="link-card" href="https:\/\/a\.example" rel="nofollow ugc noopener"><b>[^<>"']*<\/b>(?:<span>[^<>"']*<\/span>)?<small>[^<>"']*<\/small><\/a><\/div>$/u,
    );
  }
});

test("two posts with one link ask its site once, by name, and both show it; with the last of them it is forgotten", async () => {
  const [one, two] = [await topicWith(page("tea")), await topicWith(`Look:\n${page("tea")}`)];
  const before = (await camp.guest().page(`/t/${one}-a-topic-of-ours`)).text;
  expect(before).not.toContain("How to brew");
  await look();
  await look();
  expect(asked).toEqual([`/tea Mozilla/5.0 (compatible; VechePreview/1.0; +${publicUrl})`]);
  // A page that guests were shown before is made anew.
  const { text } = await camp.guest().page(`/t/${one}-a-topic-of-ours`);
  expect(text).toContain("<b>How to brew</b><span>Water &amp; leaves</span><small>127.0.0.1</small>");
  expect(await linksOf(two)).toEqual(["How to brew"]);
  await anna.api.posts.edit({
    community,
    topic: one,
    number: 1,
    text: "Nothing",
    title: "A topic of ours",
    version: 1,
  });
  await look();
  expect([await linksOf(one), await linksOf(two)]).toEqual([[], ["How to brew"]]);
  await anna.api.posts.remove({ community, topic: two, number: 1 });
  await look();
  const left = await sql`select from hub_links where community_id = ${camp.community}`.execute(databases.owner);
  expect(left.rows).toEqual([]);
});

test("a post's author takes its previews away and brings them back, nobody else; the team switches all of them off", async () => {
  const topic = await topicWith(page("mine"));
  await look();
  await expect(boris.api.posts.hideLinks({ community, topic, number: 1, isOn: true })).rejects.toThrow(
    "hub.not-your-post",
  );
  expect((await boris.page(`/t/${topic}-a-topic-of-ours`)).text).not.toContain(`/t/${topic}/p/1/links`);
  expect((await anna.send(`/t/${topic}/p/1/links`, { on: "yes" })).status).toBe(303);
  expect((await camp.guest().page(`/t/${topic}-a-topic-of-ours`)).text).not.toContain("How to brew");
  expect((await anna.page(`/t/${topic}-a-topic-of-ours`)).text).toContain("Show link previews");
  await anna.send(`/t/${topic}/p/1/links`, { on: "" });
  expect(await linksOf(topic)).toEqual(["How to brew"]);
  await camp.team.setUp.change({ community, showsLinks: false });
  asked.length = 0;
  const later = await topicWith(page("later"));
  await look();
  expect([asked, await linksOf(topic), await linksOf(later)]).toEqual([[], [], []]);
  await camp.team.setUp.change({ community, showsLinks: true });
  await look();
  expect([await linksOf(topic), await linksOf(later)]).toEqual([["How to brew"], ["How to brew"]]);
});

test("a link to a topic of the hub shows its title as it stands, to those who may read it and to nobody else", async () => {
  const wish = { community, name: "Kitchen", about: "", access: "members" } as const;
  const { id: boardId } = await camp.team.setUp.makeBoard(wish);
  const secret = { community, boardId, kind: "discussion", title: "The secret recipe", text: "Salt" } as const;
  const { topic: to } = await anna.api.topics.openTopic(secret);
  const topic = await topicWith(`${publicUrl}/c/${community}/t/${to}-the-secret-recipe`);
  await look();
  expect(asked).toEqual([]);
  expect([await linksOf(topic), await linksOf(topic, boris)]).toEqual([[], ["The secret recipe"]]);
  expect((await boris.page(`/t/${topic}-a-topic-of-ours`)).text).toMatch(
    /<b>The secret recipe<\/b><small>[^<]+ · Kitchen<\/small>/,
  );
  expect((await camp.guest().page(`/t/${topic}-a-topic-of-ours`)).text).not.toContain("<b>The secret");
  await anna.api.posts.edit({ community, topic: to, number: 1, text: "Salt", title: "A new recipe", version: 1 });
  expect((await boris.page(`/t/${topic}-a-topic-of-ours`)).text).toContain("<b>A new recipe</b>");
  await anna.api.posts.remove({ community, topic: to, number: 1 });
  expect(await linksOf(topic, boris)).toEqual([]);
});

test("a link to a topic at the hub's own domain shows it as well and asks nobody; a domain that is not proven is anybody's", async () => {
  const { topic: to } = await anna.api.topics.openTopic({
    community,
    boardId: camp.board,
    title: "At home",
    text: "So",
  });
  const at = new Date(clock.at);
  await sql`insert into hub_domains (domain, community, token, asked_at, due_at)
    values ('tea.example', ${camp.community}, 'x', ${at}, ${at})`.execute(databases.owner);
  const early = await topicWith(`https://tea.example/t/${to}-at-home`);
  await look();
  expect(await linksOf(early)).toEqual([]);
  await sql`update hubs set domain = 'tea.example' where community_id = ${camp.community}`.execute(databases.owner);
  const addresses = ["", `/t/${to}-at-home?page=1`, `/t/${to}/p/1`].map((path) => `https://tea.example${path}`);
  const topic = await topicWith(addresses.join("\n\n"));
  await look();
  expect([await linksOf(topic), asked]).toEqual([["At home", "At home"], []]);
  await sql`update hubs set domain = null where community_id = ${camp.community}`.execute(databases.owner);
});

test("links that are new have the job run at once, and only they", async () => {
  const woken: string[] = [];
  const waking = { ...tools, jobs: { send: async (job: { name: string }) => woken.push(job.name) > 0 } };
  const wakes = async () => {
    await readLog(databases, hubLinks, { community: camp.community, holder: newHolder() });
    clock.at = Math.max(clock.at, Date.now()) + 1000;
    await hubLinks.wakes?.(waking, camp.community);
  };
  await look();
  await topicWith("No link at all");
  await wakes();
  expect(woken).toEqual([]);
  await topicWith(page("brand-new"));
  await wakes();
  expect(woken).toEqual(["hub.look-up-links"]);
  await look();
  await wakes();
  expect(woken).toHaveLength(1);
});

test("a site in trouble is asked three times and then left alone for a week, and this network is never asked", async () => {
  site.status = 503;
  const topic = await topicWith(page("busy"));
  await look();
  await look();
  expect(asked).toHaveLength(1);
  for (const wait of [600_000, 3_600_000, 86_400_000]) {
    clock.at += wait;
    await look();
  }
  expect(asked).toHaveLength(3);
  site.status = 200;
  clock.at += 7 * 86_400_000;
  await look();
  expect(await linksOf(topic)).toEqual(["How to brew"]);
  asked.length = 0;
  const inside = await topicWith(`${page("inside")}\nhttp://169.254.169.254/latest`);
  await look(openOutside({ ...publicPages, ports: [80, port] }));
  expect([asked, await linksOf(inside)]).toEqual([[], []]);
});
