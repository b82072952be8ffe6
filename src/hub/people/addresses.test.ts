import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { startJobs } from "#src/base/jobs.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { sendLetter } from "#src/base/mail/post.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testTools } from "#src/base/testing/jobs.ts";
import { linkIn, testMailServer } from "#src/base/testing/mail-server.ts";
import { type Camp, openCamp, PASSWORD } from "../testing/camp.ts";
import { sendEmailChange } from "./email-change.ts";
import { tendLeaverPosts } from "./leaver-posts.ts";

const databases = await testDatabase();
const server = await testMailServer();
const mailer = openMailer({ smtpUrl: server.url, from: "team@camp.example" });
const known = [sendLetter, sendEmailChange, tendLeaverPosts];
const jobs = await startJobs({ ...testTools, mailer, databases, jobs: known, works: true });
afterAll(() => jobs.stop(2000));
const silent = await openCamp(databases);
const camp = await openCamp(databases, {}, { mailer, jobs });
const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });

async function letterTo(email: string) {
  const found = () => server.arrived.findIndex(({ to }) => to.includes(email));
  await expect.poll(found).toBeGreaterThanOrEqual(0);
  const [letter] = server.arrived.splice(found(), 1);
  return letter ?? { to: [], raw: "" };
}

/** Somebody who has just joined with an address of their own. */
async function member(where: Camp, name: string) {
  const { slug: community } = where.facts;
  const one = where.guest();
  const email = `${name}@camp.example`;
  await one.api.people.join({ community, name, email, password: PASSWORD, acceptsRules: true });
  if (where === camp) await one.send(below(linkIn(await letterTo(email))), {});
  return { ...one, email };
}

/** What stands in an address behind the hub's own. */
const below = (address: string): string => new URL(address).pathname.replace(/^\/c\/[^/]+/, "");

const accountOf = async (where: Camp, typed: string) => {
  const { items } = await where.team.setUp.accounts({ community: where.facts.slug, typed });
  return items[0];
};

test("another address counts once its letter was opened; the one before is told, and other browsers are signed out", async () => {
  const { slug: community } = camp.facts;
  const anna = await member(camp, "anna");
  const phone = camp.guest();
  await phone.api.people.signIn({ community, email: anna.email, password: PASSWORD });
  await anna.send("/me/access/email", { email: "New@camp.example" });
  expect((await anna.api.people.myAddress({ community })).awaited).toBe("new@camp.example");
  const path = below(linkIn(await letterTo("new@camp.example")));
  expect((await accountOf(camp, "anna"))?.email).toBe(anna.email);
  expect((await camp.guest().page(path)).status).toBe(200);
  expect((await accountOf(camp, "anna"))?.email).toBe(anna.email);
  expect((await camp.guest().send(path, {})).status).toBe(200);
  expect((await camp.guest().send(path, {})).status).toBe(404);
  expect((await letterTo(anna.email)).raw).toContain("new@camp.example");
  expect((await phone.api.people.hub({ community })).you).toBeNull();
  expect((await anna.api.people.hub({ community })).you?.name).toBe("anna");
  const signIn = (email: string) => camp.guest().api.people.signIn({ community, email, password: PASSWORD });
  await expect(signIn(anna.email)).rejects.toEqual(code("wrong-password"));
  await signIn("new@camp.example");
});

test("asking for an address that a member has says the same, and that member alone is told", async () => {
  const { slug: community } = camp.facts;
  const [boris, clara] = [await member(camp, "boris"), await member(camp, "clara")];
  await boris.api.people.changeAddress({ community, email: clara.email });
  expect((await letterTo(clara.email)).raw).not.toContain("/email/");
  await expect(boris.api.people.changeAddress({ community, email: boris.email })).rejects.toEqual(code("same-email"));
  await boris.api.people.dropAddressWish({ community });
  expect((await boris.api.people.myAddress({ community })).awaited).toBeNull();
});

test("nobody changes the address of a screen that was left open: the proof of who it is has run out", async () => {
  const { slug: community } = camp.facts;
  const vera = await member(camp, "vera");
  await sql`update hub_sessions set proved_at = now() - interval '11 minutes'`.execute(databases.owner);
  const change = vera.api.people.changeAddress({ community, email: "thief@camp.example" });
  await expect(change).rejects.toEqual(code("prove-first"));
});

test("where no letters go out the team makes a link for a forgotten password, which works once and leaves a trace", async () => {
  const { slug: community } = silent.facts;
  const dora = await member(silent, "dora");
  expect((await silent.guest().page("/forgot")).text).toContain("Ask somebody of the team");
  const accountId = (await accountOf(silent, dora.email))?.accountId ?? "";
  const first = await silent.team.setUp.makePasswordLink({ community, accountId });
  const made = await silent.team.setUp.makePasswordLink({ community, accountId });
  const lost = silent.guest();
  const password = "quite another password";
  expect((await lost.send(below(first.link), { password })).status).toBe(404);
  await lost.send(below(made.link), { password });
  expect((await lost.api.people.hub({ community })).you?.name).toBe("dora");
  expect((await dora.api.people.hub({ community })).you).toBeNull();
  expect((await silent.guest().send(below(made.link), { password })).status).toBe(404);
  const traces = await sql<{ target: string; details: object }>`
    select target, details from trail where community_id = ${silent.community} and operation = 'makeHubPasswordLink'`.execute(
    databases.owner,
  );
  expect(traces.rows.map(({ target }) => target)).toEqual([accountId, accountId]);
  expect(JSON.stringify(traces.rows)).not.toContain("@");
});

test("where no letters go out the team gives a member another address, but not that of somebody else", async () => {
  const { slug: community } = silent.facts;
  const [eva, fedor] = [await member(silent, "eva"), await member(silent, "fedor")];
  await expect(eva.api.people.changeAddress({ community, email: "e@camp.example" })).rejects.toEqual(
    code("email-by-team"),
  );
  const accountId = (await accountOf(silent, "eva"))?.accountId ?? "";
  const give = (email: string) => silent.team.setUp.giveAddress({ community, accountId, email });
  await expect(give(fedor.email)).rejects.toEqual(code("email-taken"));
  const { link } = await silent.team.setUp.makePasswordLink({ community, accountId });
  await give("eva-2@camp.example");
  // Whoever holds a link that was made for the address before has nothing of it.
  expect((await silent.guest().send(below(link), { password: PASSWORD })).status).toBe(404);
  expect((await eva.api.people.hub({ community })).you).toBeNull();
  await silent.guest().api.people.signIn({ community, email: "eva-2@camp.example", password: PASSWORD });
});

test("whoever leaves gets a letter that says until when and how they can come back", async () => {
  const { slug: community } = camp.facts;
  const leaver = await member(camp, "leaver");
  await leaver.api.people.leave({ community, wrote: "deleted" });
  const { raw } = await letterTo(leaver.email);
  expect(raw).toContain("What you wrote is hidden now");
  expect(below(linkIn({ to: [], raw }))).toBe("/sign-in");
});

test("whoever's password is changed is told by letter", async () => {
  const { slug: community } = camp.facts;
  const changer = await member(camp, "changer");
  await changer.api.people.changePassword({ community, current: PASSWORD, password: "quite another password" });
  const { raw } = await letterTo(changer.email);
  expect(raw).toContain("a new password was set");
});
