import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { openLimits } from "#src/accounts/limits.ts";
import { testCall } from "#src/accounts/testing/call.ts";
import { startJobs } from "#src/base/jobs.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { sendLetter } from "#src/base/mail/post.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testTools } from "#src/base/testing/jobs.ts";
import { linkIn, testMailServer } from "#src/base/testing/mail-server.ts";
import { openCamp, PASSWORD } from "../testing/camp.ts";
import { enterHub, fromDoor } from "../visitor.ts";
import { letThrough, networksOf } from "./crowd.ts";
import { deviceOf } from "./device.ts";
import { join } from "./join.ts";
import { sendLink } from "./links.ts";
import { newQuestion } from "./question.ts";

const databases = await testDatabase();
const server = await testMailServer();
const mailer = openMailer({ smtpUrl: server.url, from: "team@camp.example" });
const jobs = await startJobs({ ...testTools, mailer, databases, jobs: [sendLetter, sendLink], works: true });
afterAll(() => jobs.stop(2000));
const camp = await openCamp(databases, {}, { mailer, jobs });
const { slug: community } = camp.facts;
const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });

/** Where the next letter to an address leads, below the hub. */
async function letterTo(email: string): Promise<string> {
  const found = () => server.arrived.findIndex(({ to }) => to.includes(email));
  await expect.poll(found).toBeGreaterThanOrEqual(0);
  const [letter] = server.arrived.splice(found(), 1);
  return letter === undefined ? "" : new URL(linkIn(letter)).pathname.replace(`/c/${community}`, "");
}

const joining = (name: string, email: string) => ({ name, email, password: PASSWORD, acceptsRules: "yes" });

/** Somebody who has joined and opened their letter. */
async function member(name: string) {
  const one = camp.guest();
  const email = `${name}@camp.example`;
  await one.send("/join", joining(name, email));
  await one.send(await letterTo(email), {});
  return { ...one, email };
}

test("whoever joins is a member when they have opened the letter, and not before", async () => {
  const anna = camp.guest();
  await anna.send("/join", joining("anna", "anna@camp.example"));
  const count = () => sql<{ n: number }>`select count(*) as n from hub_accounts where community_id = ${camp.community}`;
  expect((await count().execute(databases.owner)).rows).toEqual([{ n: 0 }]);
  const path = await letterTo("anna@camp.example");
  expect((await anna.page(path)).text).toContain("Come in");
  expect((await anna.send(path, {})).status).toBe(303);
  expect((await anna.api.people.hub({ community })).you?.name).toBe("anna");
  expect((await camp.guest().send(path, {})).status).toBe(404);
});

test("joining says the same whether somebody has the address or not, and its owner is told by letter", async () => {
  await member("boris");
  const known = await camp.guest().send("/join", joining("stranger", "boris@camp.example"));
  const fresh = await camp.guest().send("/join", joining("stranger", "fresh@camp.example"));
  const blank = (text: string) => text.replaceAll(/(?:boris|fresh)@camp\.example/g, "?");
  expect(known.status).toBe(fresh.status);
  expect(blank(known.text)).toBe(blank(fresh.text));
  // As much was written down for the one as for the other, so that neither is told sooner.
  const kept = sql<{ email: string }>`
    select email from hub_sign_ups where community_id = ${camp.community} and name = 'stranger' order by email`;
  const emails = ["boris@camp.example", "fresh@camp.example"];
  expect((await kept.execute(databases.owner)).rows.map(({ email }) => email)).toEqual(emails);
  expect(await letterTo("boris@camp.example")).toBe("/sign-in");
  expect(await letterTo("fresh@camp.example")).toMatch(/^\/confirm\//);
});

test("two who want the same name: whoever opens the letter first has it, the other chooses another", async () => {
  const [first, second] = [camp.guest(), camp.guest()];
  await first.send("/join", joining("clara", "first@camp.example"));
  await second.send("/join", joining("clara", "second@camp.example"));
  await first.send(await letterTo("first@camp.example"), {});
  const path = await letterTo("second@camp.example");
  const late = await second.send(path, {});
  expect(late.status).toBe(409);
  expect(late.text).toContain('value="clara"');
  await second.send(path, { name: "clara-2" });
  expect((await second.api.people.hub({ community })).you?.name).toBe("clara-2");
});

test("a forgotten password is set anew by a letter, once, and everywhere else one is signed out", async () => {
  const dora = await member("dora");
  const lost = camp.guest();
  expect((await lost.send("/forgot", { email: "nobody@camp.example" })).text).toBe(
    (await lost.send("/forgot", { email: dora.email })).text,
  );
  const path = await letterTo(dora.email);
  await lost.send(path, { password: "quite another password" });
  expect((await lost.api.people.hub({ community })).you?.name).toBe("dora");
  expect((await dora.api.people.hub({ community })).you).toBeNull();
  expect((await camp.guest().send(path, { password: "a third password, late" })).status).toBe(404);
  const [before, after] = [PASSWORD, "quite another password"];
  const signIn = (password: string) => camp.guest().api.people.signIn({ community, email: dora.email, password });
  await expect(signIn(before)).rejects.toEqual(code("wrong-password"));
  await signIn(after);
  expect(server.arrived).toEqual([]);
});

test("a member sees where they are signed in, signs out elsewhere, and needs their password to set another", async () => {
  const eva = await member("eva");
  const phone = camp.guest();
  await phone.api.people.signIn({ community, email: eva.email, password: PASSWORD });
  const { items } = await eva.api.people.sessions({ community });
  expect([items.length, items.filter(({ isThis }) => isThis).length]).toEqual([2, 1]);
  await eva.send("/me/access/end", { session: items.find(({ isThis }) => !isThis)?.id ?? "" });
  expect((await phone.api.people.hub({ community })).you).toBeNull();
  await phone.api.people.signIn({ community, email: eva.email, password: PASSWORD });
  await eva.send("/me/access/end-others", {});
  expect((await phone.api.people.hub({ community })).you).toBeNull();
  const wish = { community, password: "quite another password" };
  await expect(eva.api.people.changePassword({ ...wish, current: "a guess" })).rejects.toEqual(code("wrong-current"));
  await eva.api.people.changePassword({ ...wish, current: PASSWORD });
  expect((await eva.api.people.hub({ community })).you?.name).toBe("eva");
});

test("of two thousand sign-ups in a minute few get in, and a person who comes meanwhile answers a question and is in", async () => {
  const flooded = await openCamp(databases);
  const now = Date.now();
  const limits = openLimits(() => now);
  const call = await enterHub(
    testCall(
      { databases, caller: { kind: "nobody" }, communities: [] },
      { limits, findCommunity: async () => flooded.facts },
    ),
    flooded.facts.slug,
    "hub.public",
  );
  const wish = (name: string) => ({ name, email: `${name}@camp.example`, password: PASSWORD });
  let joined = 0;
  for (let i = 0; i < 2000; i += 1) {
    const sender = { ...call, address: `198.51.${i % 5}.${i % 7}` };
    const isIn = await join(sender, wish(`bot-${i}`)).catch(() => undefined);
    if (isIn !== undefined) joined += 1;
  }
  expect(joined).toBeLessThanOrEqual(20);
  const person = { ...call, address: "203.0.113.9" };
  await expect(join(person, wish("vera"))).rejects.toEqual(code("question-first"));
  const { token, first, second } = newQuestion(person);
  const wrong = { question: token, answer: String(first + second + 1) };
  await expect(join(person, { ...wish("vera"), ...wrong })).rejects.toEqual(code("question-first"));
  const asked = newQuestion(person);
  const right = { question: asked.token, answer: ` ${asked.first + asked.second} ` };
  expect((await join(person, { ...wish("vera"), ...right }))?.name).toBe("vera");
  await expect(join(person, { ...wish("second"), ...right })).rejects.toEqual(code("question-first"));
  // Whoever answers every question gets no further than the limits behind them.
  const clever = { ...person, limits: openLimits(() => now) };
  const pass = (): void => {
    const put = newQuestion(clever);
    letThrough(clever, { question: put.token, answer: String(put.first + put.second) });
  };
  for (let i = 0; i < 60; i += 1) pass();
  expect(pass).toThrow("request.too-many");
});

test("whom the door of a form let in is good for its first deed at once, and whatever comes later asks anew", async () => {
  const once = await openCamp(databases);
  const { slug } = once.facts;
  const now = Date.now();
  const nobody = { databases, caller: { kind: "nobody" }, communities: [] } as const;
  const call = testCall(nobody, { now: () => now, findCommunity: async () => once.facts });
  const entered = await enterHub(call, slug, "hub.public");
  await once.team.setUp.change({ community: slug, isOpen: false });
  const deed = fromDoor(call, entered, now);
  await expect(enterHub(fromDoor(call, entered, now - 1000), slug, "hub.public")).rejects.toEqual(code("no-such-hub"));
  await expect(enterHub(fromDoor(call, entered, now), slug, "hub.member")).rejects.toEqual(code("sign-in-first"));
  const elsewhere = await enterHub(fromDoor(call, entered, now), camp.facts.slug, "hub.public");
  expect(elsewhere.community).toBe(camp.community);
  expect((await enterHub(deed, slug, "hub.public")).community).toBe(entered.community);
  await expect(enterHub(deed, slug, "hub.public")).rejects.toEqual(code("no-such-hub"));
});

test("addresses of one household and of one network are counted together", () => {
  expect(networksOf("203.0.113.9")).toEqual({ near: "203.0.113.9", wide: "203.0.113" });
  expect(networksOf("::ffff:203.0.113.9")).toEqual({ near: "203.0.113.9", wide: "203.0.113" });
  expect(networksOf("2001:db8:1:2:3:4:5:6")).toEqual({ near: "2001:db8:1:2", wide: "2001:db8:1" });
  expect(networksOf("2001:0db8:1::9")).toEqual({ near: "2001:db8:1:0", wide: "2001:db8:1" });
  expect(networksOf("::1").near).toBe("0:0:0:0");
});

test("a browser is told by names that everybody knows", () => {
  const said = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  expect(deviceOf(said)).toBe("Firefox, Linux");
  expect(deviceOf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Version/18 Safari/604")).toBe("Safari, iPhone");
  expect(deviceOf(null)).toBe("");
});
