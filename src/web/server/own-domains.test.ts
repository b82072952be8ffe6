import { request } from "node:http";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { testTools } from "#src/base/testing/jobs.ts";
import { domainJob, type AskDomain } from "#src/hub/domain/look.ts";
import { openCamp } from "#src/hub/testing/camp.ts";
import { testSite } from "./testing/site.ts";

const databases = await testDatabase();
const site = await testSite(databases, { limits: { take: () => undefined } });
const [ours, theirs] = [await openCamp(databases), await openCamp(databases)];
const DOMAIN = "forum.brand.example";
const THEIRS = "talk.others.example";
let clock = Date.now();

interface Seen {
  readonly status: number;
  readonly text: string;
  readonly location: string;
  readonly cookie: string;
}

/** What a browser at this host is answered. */
async function at(
  host: string,
  path: string,
  sent: { headers?: Record<string, string>; form?: Record<string, string> } = {},
): Promise<Seen> {
  const { headers = {}, form } = sent;
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  const typed = body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
  return new Promise((resolve, reject) => {
    const { port } = new URL(site.address);
    const options = { host: "127.0.0.1", port, path, method: body === undefined ? "GET" : "POST" };
    const asked = request({ ...options, headers: { host, ...typed, ...headers } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          text,
          location: answer.headers.location ?? "",
          cookie: (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; "),
        }),
      );
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** The way to our own server, as the internet would lead there. */
const leadsHere: AskDomain = async (address) => {
  const { hostname, pathname } = new URL(address);
  const { status, text } = await at(hostname, pathname);
  return { text: status === 200 ? text : "" };
};
const leadsNowhere: AskDomain = async () => ({ trouble: "unreachable" });
/** Somebody whose server repeats whatever it is asked. */
const leadsElsewhere: AskDomain = async (address) => ({ text: new URL(address).pathname.split("/").at(-1) ?? "" });

async function lookAll(ask: AskDomain): Promise<void> {
  clock += 7 * 3_600_000;
  const rest = { jobs: { send: async () => true } as never, signal: new AbortController().signal };
  await domainJob(ask).run({}, { ...testTools, ...rest, databases, now: () => clock });
}

async function stateOf(camp: typeof ours): Promise<unknown> {
  const { domain } = await camp.team.setUp.domain({ community: camp.facts.slug });
  return domain === null ? null : [domain.state, domain.isServed, domain.trouble];
}

const topicOf = async (camp: typeof ours): Promise<string> => {
  const anna = await camp.member("anna");
  const wish = { community: camp.facts.slug, boardId: camp.board, kind: "discussion", title: "Tea" } as const;
  const { topic } = await anna.api.topics.openTopic({ ...wish, text: `Whose? ${camp.facts.name}` });
  return `/t/${topic}-tea`;
};
const topic = await topicOf(ours);
await topicOf(theirs);

test("a domain is used only when it has been shown to lead here, and nothing stands there before", async () => {
  const { slug: community } = ours.facts;
  await ours.team.setUp.setDomain({ community, domain: `https://${DOMAIN}/` });
  const taken = theirs.team.setUp.setDomain({ community: theirs.facts.slug, domain: DOMAIN });
  await expect(taken).rejects.toMatchObject({ code: "hub.domain-taken" });
  expect(await stateOf(ours)).toEqual(["waiting", false, null]);
  expect((await at(DOMAIN, "/")).status).toBe(404);
  for (const [ask, trouble] of [
    [leadsNowhere, "unreachable"],
    [leadsElsewhere, "elsewhere"],
  ] as const) {
    await lookAll(ask);
    expect(await stateOf(ours)).toEqual(["waiting", false, trouble]);
  }
  expect((await at("localhost", `/c/${community}`)).status).toBe(200);
  await lookAll(leadsHere);
  expect(await stateOf(ours)).toEqual(["proven", true, null]);
  await theirs.team.setUp.setDomain({ community: theirs.facts.slug, domain: THEIRS });
  await lookAll(leadsHere);
});

test("the hub stands at its domain, and every address on its pages is short", async () => {
  const { slug } = ours.facts;
  for (const path of ["/", "/topics", topic, "/feed.xml", "/sitemap.xml", "/sitemap-1.xml", "/join", "/search?q=tea"]) {
    const { status, text } = await at(DOMAIN, path);
    expect([path, status]).toEqual([path, 200]);
    expect([
      path,
      text.match(new RegExp(`(?:href|action|src|data-home)="[^"]*/c/${slug}[^"]*"|<loc>[^<]*/c/.*`))?.[0],
    ]).toEqual([path, undefined]);
  }
  expect((await at(DOMAIN, topic)).text).toContain(`<link rel="canonical" href="http://${DOMAIN}${topic}">`);
  expect((await at(DOMAIN, "/robots.txt")).text).toContain(`Sitemap: http://${DOMAIN}/sitemap.xml`);
  const style = /href="(\/c\/-\/hub-[^"]+)"/.exec((await at(DOMAIN, "/")).text)?.[1] ?? "";
  expect((await at(DOMAIN, style)).status).toBe(200);
});

test("old addresses lead on for good, but the team, signed in to the console, stays where it is", async () => {
  const { slug } = ours.facts;
  expect(await at("localhost", `/c/${slug}${topic}?page=1`)).toMatchObject({
    status: 301,
    location: `http://${DOMAIN}${topic}?page=1`,
  });
  expect(await at("localhost", `/c/${slug}`)).toMatchObject({ status: 301, location: `http://${DOMAIN}/` });
  expect(await at(DOMAIN, `/c/${slug}${topic}`)).toMatchObject({ status: 301, location: topic });
  expect((await ours.staff("vera").page(topic)).status).toBe(200);
  const { address } = await ours.team.setUp.settings({ community: slug });
  expect(address).toBe(`http://${DOMAIN}`);
});

test("at the domain members join, come in and write; nobody else's page may write for them", async () => {
  const origin = { origin: `http://${DOMAIN}` };
  const typed = { name: "clara", email: "clara@camp.example", password: "a password for tests", acceptsRules: "yes" };
  const foreign = await at(DOMAIN, "/join", { headers: { origin: `http://${THEIRS}` }, form: typed });
  expect(foreign.status).toBe(403);
  const joined = await at(DOMAIN, "/join", { headers: origin, form: { ...typed, to: topic } });
  expect(joined).toMatchObject({ status: 303, location: topic });
  const headers = { ...origin, cookie: joined.cookie };
  const [, form = ""] = /name="form" value="([^"]+)"/.exec((await at(DOMAIN, topic, { headers })).text) ?? [];
  const written = await at(DOMAIN, topic.replace("-tea", "/reply"), { headers, form: { text: "Oolong", form } });
  expect([written.status, written.location.split("#")[0]]).toEqual([303, topic]);
  expect((await at(DOMAIN, topic)).text).toContain("Oolong");
});

test("a platform sends back to the first address, and whoever began at the domain is led on to it with what they bring", async () => {
  const back = `/by/telegram/back?code=abc&state=xyz`;
  const first = `/c/${ours.facts.slug}${back}`;
  expect(await at("localhost", first)).toMatchObject({ status: 301, location: `http://${DOMAIN}${back}` });
  const begunHere = { cookie: `veche_by_${ours.facts.slug}=sealed` };
  expect((await at("localhost", first, { headers: begunHere })).status).toBe(400);
});

test("at the domain of one community there is no console, no API and nothing of another community", async () => {
  const { slug } = theirs.facts;
  const paths = [
    "/console",
    "/api",
    "/api/v1/me",
    "/api/openapi.json",
    "/events",
    "/metrics",
    "/start/x",
    "/assets/x.js",
  ];
  for (const path of [...paths, `/console/${slug}/hub`, `/c/${slug}`, `/c/${slug}${topic}`, `/c/${slug}/feed.xml`]) {
    const { status, text } = await at(DOMAIN, path);
    expect([path, status, text.includes(theirs.facts.name)]).toEqual([path, 404, false]);
  }
  for (const path of ["/", "/topics", topic, "/feed.xml", "/sitemap-1.xml", "/search?q=whose"]) {
    const [here, there] = [await at(DOMAIN, path), await at(THEIRS, path)];
    expect([path, here.text.includes(theirs.facts.name), there.text.includes(ours.facts.name)]).toEqual([
      path,
      false,
      false,
    ]);
    expect(there.text).toMatch(new RegExp(`${theirs.facts.name}|${THEIRS}`));
  }
  const tokens = await sql<{ token: string }>`
    select token from hub_domains where domain = ${THEIRS}`.execute(databases.owner);
  const proof = `/.well-known/veche-domain/${tokens.rows[0]?.token}`;
  expect([(await at(THEIRS, proof)).status, (await at(DOMAIN, proof)).status]).toEqual([200, 404]);
});

test("a proxy learns for which names it may get a certificate", async () => {
  const asked = async (domain: string) => (await at("localhost", `/.well-known/veche-ask?domain=${domain}`)).status;
  expect([await asked(DOMAIN), await asked("localhost"), await asked("evil.example")]).toEqual([200, 200, 404]);
});

test("a domain that stops leading here is told of at once and given up after three days, or whenever the team likes", async () => {
  const { slug: community } = ours.facts;
  await lookAll(leadsElsewhere);
  expect(await stateOf(ours)).toEqual(["failing", true, "elsewhere"]);
  clock += 3 * 86_400_000;
  await lookAll(leadsNowhere);
  expect(await stateOf(ours)).toEqual(["failing", false, "unreachable"]);
  expect((await at("localhost", `/c/${community}`)).status).toBe(200);
  await lookAll(leadsHere);
  expect(await stateOf(ours)).toEqual(["proven", true, null]);
  await ours.team.setUp.dropDomain({ community });
  expect(await stateOf(ours)).toBeNull();
  expect((await at("localhost", `/c/${community}`)).status).toBe(200);
});
