import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { testCall } from "#src/accounts/testing/call.ts";
import { Refusal } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { discord } from "../providers/discord.ts";
import { facebook } from "../providers/facebook.ts";
import { providerNames } from "../model.ts";
import type { SignInProvider } from "../providers/provider.ts";
import { reddit } from "../providers/reddit.ts";
import { telegram } from "../providers/telegram.ts";
import { vk } from "../providers/vk.ts";
import { pageAnswer } from "../site/answer.ts";
import { type Camp, openCamp } from "../testing/camp.ts";
import { discordUser, openPlatformDouble } from "../testing/platform-double.ts";
import { enterHub } from "../visitor.ts";
import { beginBy, cameBack, type CameBack, joinBy, nameFrom } from "./by-platform.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const client = { id: "7001", secret: "only-for-tests" };
const double = await openPlatformDouble(client);
for (const way of providerNames)
  await camp.team.setUp.setWay({ community, way, clientId: client.id, secret: client.secret });
const BOT = "7001:only-for-tests";
await camp.team.setUp.setWay({ community, way: "telegram-app", clientId: "camp_bot", secret: BOT });

/** By how many milliseconds the clock of these tests is ahead. */
let ahead = 0;

/** A browser that keeps its cookies. */
function openBrowser({ facts }: Pick<Camp, "facts"> = camp) {
  const cookies = new Map<string, string>();
  const call = async (): Promise<HubCall> => {
    const headers = new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") });
    const clock = { limits: { take: () => undefined }, now: () => Date.now() + ahead };
    const parts = { ...clock, headers, findCommunity: async () => facts };
    const made = testCall({ databases, caller: { kind: "nobody" }, communities: [] }, parts);
    return enterHub(made, facts.slug, "hub.public");
  };
  const doing = async <T>(work: (call: HubCall) => Promise<T>): Promise<T> => {
    const one = await call();
    try {
      return await work(one);
    } finally {
      for (const line of one.answerHeaders.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
    }
  };
  return {
    doing,
    cookies,
    name: () => doing(async ({ visitor }) => (visitor.kind === "member" ? visitor.name : undefined)),
    comeBy: async (provider: SignInProvider, person: { id: string; name: string }, isLinking = false) => {
      const wish = { to: "", invitation: "", isLinking };
      const back = double.visit(await doing((one) => beginBy(one, provider, wish)), person);
      return { back, query: new URL(back).searchParams };
    },
  };
}

async function signIn(provider: SignInProvider, person: { id: string; name: string }, isLinking = false) {
  const browser = openBrowser();
  const { query } = await browser.comeBy(provider, person, isLinking);
  return { browser, came: await browser.doing((one) => cameBack(one, provider, query)) };
}

const proofOf = (came: CameBack): string => (came.kind === "newcomer" ? came.proof : "");
const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });

const hosts = { pages: double.origin, api: double.origin };
const all = [telegram(double.origin), discord(double.origin), vk(double.origin), reddit(hosts), facebook(hosts)];
test.each(all)(
  "by $name somebody new chooses a name and is in; the next time they are in at once",
  async (provider) => {
    const person = { id: "4711", name: "Grey Heron" };
    const { browser, came } = await signIn(provider, person);
    expect(came).toMatchObject({ kind: "newcomer", name: "Grey-Heron" });
    expect(await browser.name()).toBeUndefined();
    await browser.doing((one) => joinBy(one, { proof: proofOf(came), name: `heron-${provider.name}` }));
    expect(await browser.name()).toBe(`heron-${provider.name}`);
    const again = await signIn(provider, person);
    expect(again.came.kind).toBe("in");
    expect(await again.browser.name()).toBe(`heron-${provider.name}`);
    const twice = browser.doing((one) => joinBy(one, { proof: proofOf(came), name: "another" }));
    await expect(twice).rejects.toEqual(code("by-taken"));
    const kept = sql<{ id: string }>`select external_id as id from hub_identities
      where community_id = ${camp.community} and platform = ${provider.name} and name = 'Grey Heron'`;
    // By this id messages name the same person.
    const id = provider.name === "reddit" ? "t2_4711" : "4711";
    expect((await kept.execute(databases.owner)).rows).toEqual([{ id }]);
  },
);

test("the answer of a platform counts in the browser that asked, once, and with the state that was sent", async () => {
  const provider = discord(double.origin);
  const browser = openBrowser();
  const { query } = await browser.comeBy(provider, { id: "1", name: "one" });
  const other = openBrowser();
  await expect(other.doing((one) => cameBack(one, provider, query))).rejects.toEqual(code("by-over"));
  const forged = new URLSearchParams({ code: query.get("code") ?? "", state: "forged" });
  await expect(browser.doing((one) => cameBack(one, provider, forged))).rejects.toEqual(code("by-over"));
  await expect(browser.doing((one) => cameBack(one, provider, query))).rejects.toEqual(code("by-over"));
  const denied = openBrowser();
  const asked = await denied.comeBy(provider, { id: "1", name: "one" });
  const no = new URLSearchParams({ error: "access_denied", state: asked.query.get("state") ?? "" });
  await expect(denied.doing((one) => cameBack(one, provider, no))).rejects.toEqual(code("by-denied"));
});

test("the answer of one platform is none of another one's, and neither comes when a quarter of an hour has passed", async () => {
  const browser = openBrowser();
  const { query } = await browser.comeBy(discord(double.origin), { id: "61", name: "heron" });
  await expect(browser.doing((one) => cameBack(one, vk(double.origin), query))).rejects.toEqual(code("by-over"));
  const slow = openBrowser();
  const asked = await slow.comeBy(discord(double.origin), { id: "61", name: "heron" });
  const { browser: fresh, came } = await signIn(discord(double.origin), { id: "61", name: "heron" });
  ahead = 15 * 60_000 + 1000;
  try {
    const late = slow.doing((one) => cameBack(one, discord(double.origin), asked.query));
    await expect(late).rejects.toEqual(code("by-over"));
    const joining = fresh.doing((one) => joinBy(one, { proof: proofOf(came), name: "late-heron" }));
    await expect(joining).rejects.toEqual(code("by-over"));
  } finally {
    ahead = 0;
  }
});

test("what one community's hub was told opens no other one's", async () => {
  const other = await openCamp(databases);
  await other.team.setUp.setWay({
    community: other.facts.slug,
    way: "discord",
    clientId: "7001",
    secret: "only-for-tests",
  });
  const { browser, came } = await signIn(discord(double.origin), { id: "62", name: "stork" });
  const there = openBrowser(other);
  const joining = there.doing((one) => joinBy(one, { proof: proofOf(came), name: "stork" }));
  await expect(joining).rejects.toEqual(code("by-over"));
  const { query } = await browser.comeBy(discord(double.origin), { id: "62", name: "stork" });
  there.cookies.set(`veche_by_${other.facts.slug}`, browser.cookies.get(`veche_by_${community}`) ?? "");
  const back = there.doing((one) => cameBack(one, discord(double.origin), query));
  await expect(back).rejects.toEqual(code("by-over"));
});

test.each([
  ["nobody", "joining-closed"],
  ["invited", "invitation-needed"],
] as const)("where %s may join, who is new is told so before they choose a name", async (joining, reason) => {
  const shut = await openCamp(databases, { joining });
  const keys = { clientId: client.id, secret: client.secret };
  await shut.team.setUp.setWay({ community: shut.facts.slug, way: "discord", ...keys });
  const browser = openBrowser(shut);
  const { query } = await browser.comeBy(discord(double.origin), { id: "63", name: "crane" });
  const came = browser.doing((one) => cameBack(one, discord(double.origin), query));
  await expect(came).rejects.toEqual(code(reason));
});

test.each([
  ["another site", { iss: "https://evil.example" }],
  ["another bot", { aud: "999" }],
  ["yesterday", { exp: Math.floor(Date.now() / 1000) - 10 }],
  ["nobody", { id: undefined }],
])("Telegram's word that is for %s signs nobody in", async (_, spoil) => {
  double.spoil = spoil;
  await expect(signIn(telegram(double.origin), { id: "5", name: "five" })).rejects.toEqual(code("by-failed"));
});

test("whoever connects their Telegram account is one person with whom its messages are kept under", async () => {
  const start = Date.UTC(2026, 2, 1, 12);
  await openIntake({ databases, community: camp.community, platform: "telegram", now: () => start }).store({
    spaces: [{ externalId: "hall", name: "Hall", kind: "chat" }],
    messages: [
      {
        kind: "text",
        isQuestion: false,
        reactions: [],
        links: [],
        spaceExternalId: "hall",
        externalId: "1",
        sentAt: start,
        text: "Good morning",
        author: { externalId: "88", name: "Otter", kind: "person" },
      },
    ],
    moves: [],
  });
  const { browser, came } = await signIn(telegram(double.origin), { id: "88", name: "Otter" });
  const account = await browser.doing((one) => joinBy(one, { proof: proofOf(came), name: "otter" }));
  const parts = await sql<{ name: string }>`
    select m.name from member_parts mine join member_parts p on p.community_id = mine.community_id and p.person_id = mine.person_id
    join members m on m.community_id = p.community_id and m.id = p.member_id
    where mine.community_id = ${camp.community} and mine.member_id = ${account.memberId} order by m.name`.execute(
    databases.owner,
  );
  expect(parts.rows.map(({ name }) => name)).toEqual(["Otter", "otter"]);
});

test("a member connects an account of a platform to their own, and nobody else's", async () => {
  const first = await signIn(vk(double.origin), { id: "31", name: "Wren" });
  await first.browser.doing((one) => joinBy(one, { proof: proofOf(first.came), name: "wren" }));
  const { query } = await first.browser.comeBy(discord(double.origin), { id: "32", name: "Wren" }, true);
  const linked = await first.browser.doing((one) => cameBack(one, discord(double.origin), query));
  expect(linked.kind).toBe("linked");
  const other = await signIn(vk(double.origin), { id: "33", name: "Crow" });
  await other.browser.doing((one) => joinBy(one, { proof: proofOf(other.came), name: "crow" }));
  const taken = await other.browser.comeBy(discord(double.origin), { id: "32", name: "Wren" }, true);
  const stolen = other.browser.doing((one) => cameBack(one, discord(double.origin), taken.query));
  await expect(stolen).rejects.toEqual(code("by-taken"));
  // Somebody else signed in to the same browser meanwhile: what the first one asked for is not theirs.
  const asked = await first.browser.comeBy(reddit(hosts), { id: "34", name: "Wren" }, true);
  const third = await signIn(vk(double.origin), { id: "35", name: "Lark" });
  await first.browser.doing((one) => joinBy(one, { proof: proofOf(third.came), name: "lark" }));
  const mixed = first.browser.doing((one) => cameBack(one, reddit(hosts), asked.query));
  await expect(mixed).rejects.toEqual(code("by-over"));
});

/** What Telegram would hand to the Mini App of this bot. */
function launchOf(user: object, parts: { at?: number; token?: string; also?: object } = {}): string {
  const { at = Date.now(), token = BOT, also } = parts;
  const fields = new URLSearchParams({
    user: JSON.stringify(user),
    auth_date: String(Math.floor(at / 1000)),
    query_id: newId(Date.now()),
    signature: "third-party",
  });
  if (also !== undefined) fields.append("user", JSON.stringify(also));
  const said = [...fields].map(([name, value]) => `${name}=${value}`).toSorted((a, b) => (a < b ? -1 : 1));
  const key = createHmac("sha256", "WebAppData").update(token).digest();
  fields.set("hash", createHmac("sha256", key).update(said.join("\n")).digest("hex"));
  return fields.toString();
}

test("inside Telegram whoever opens the hub is in, freshly and once for each launch", async () => {
  const guest = camp.guest();
  const user = { id: 990, first_name: "Marsh", last_name: "Frog" };
  const launch = launchOf(user);
  const first = await guest.send("/app", { initData: launch });
  expect(first.text).toContain('value="Marsh-Frog"');
  const proof = /name="proof" value="([^"]+)"/.exec(first.text)?.[1] ?? "";
  expect((await guest.send("/by/join", { proof, name: "frog", acceptsRules: "yes" })).status).toBe(303);
  expect((await guest.send("/app", { initData: launch })).status).toBe(401);
  expect((await guest.send("/app", { initData: launchOf(user) })).status).toBe(303);
  const late = launchOf(user, { at: Date.now() - 11 * 60_000 });
  const tomorrow = launchOf(user, { at: Date.now() + 2 * 60_000 });
  const others = launchOf(user, { token: "7002:another-bot" });
  const changed = launchOf(user).replace("990", "991");
  const twice = launchOf(user, { also: { id: 991 } });
  const bot = launchOf({ ...user, is_bot: true });
  for (const initData of [late, tomorrow, others, changed, twice, bot, "", "hash=00"])
    expect((await guest.send("/app", { initData })).status).toBe(401);
});

test("only Telegram may show the hub in a frame, and only to those who came by that road", () => {
  const framesOf = (path: string, cookie = ""): string => {
    const answer = pageAnswer(new Request(`http://localhost/c/camp${path}`, { headers: { cookie } }), "");
    return /frame-ancestors ([^;]+)/.exec(answer.headers.get("content-security-policy") ?? "")?.[1] ?? "";
  };
  expect(framesOf("")).toBe("'none'");
  expect(framesOf("/topics", "veche_hub_camp=x")).toBe("'none'");
  expect(framesOf("/app")).toContain("https://web.telegram.org");
  expect(framesOf("/topics", "veche_in_telegram=1")).toContain("https://web.telegram.org");
});

test("a name from elsewhere becomes one that can be called here, or is left to choose", () => {
  expect(nameFrom("  Анна Мария  ")).toBe("Анна-Мария");
  expect(nameFrom("🔥🔥")).toBe("");
  expect(nameFrom("_.x-y")).toBe("x-y");
});

const described = new URL("../../../../shared/specs/discord/openapi.json", import.meta.url);
test.skipIf(!existsSync(described))("the Discord of these tests answers as Discord's own description says", () => {
  const spec = JSON.parse(readFileSync(described, "utf8")) as {
    components: { schemas: { UserPIIResponse: { required: string[] } } };
    paths: Record<string, unknown>;
  };
  const { required } = spec.components.schemas.UserPIIResponse;
  expect(Object.keys(discordUser({ id: "1", name: "one" }))).toEqual(expect.arrayContaining(required));
  expect(Object.keys(spec.paths)).toContain("/users/@me");
});

test("a secret is never told, is kept when none is given, and a way without keys is none", async () => {
  const { items } = await camp.team.setUp.ways({ community });
  expect(JSON.stringify(items)).not.toContain(client.secret);
  await camp.team.setUp.setWay({ community, way: "discord", clientId: "8002" });
  expect((await camp.guest().page("/sign-in")).text).toContain("Discord");
  await camp.team.setUp.dropWay({ community, way: "discord" });
  expect((await camp.guest().page("/sign-in")).text).not.toContain("Discord");
  await expect(openBrowser().comeBy(discord(double.origin), { id: "1", name: "one" })).rejects.toBeInstanceOf(Refusal);
});
