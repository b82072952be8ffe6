import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { testTools } from "#src/base/testing/jobs.ts";
import { linkIn } from "#src/base/testing/mail-server.ts";
import { recoverAccount } from "./actions.ts";
import { openLimits } from "./limits.ts";
import type { Profile } from "./model.ts";
import { sendReset } from "./resets.ts";
import { sessionsOf } from "./store/sessions.ts";
import { openMailDesk } from "./testing/mail-desk.ts";
import { PASSWORD, testPerson } from "./testing/people.ts";

const { databases, server, clock, now, jobs, camp, callers, signIn } = await openMailDesk(sendReset);

let number = 0;
let person: Profile;
beforeEach(async () => {
  number += 1;
  clock.ahead = 0;
  server.arrived.length = 0;
  person = await testPerson(databases, `person-${number}`, { in: camp, as: "editor" });
});

const NEXT = "a quite different password";

/** Letters to this test's own person: one that a test before has sent may arrive late. */
const mine = () => server.arrived.filter(({ to }) => to.includes(person.email));

async function letters(count: number): Promise<void> {
  await expect.poll(() => mine().length).toBe(count);
}

async function tokenByMail(): Promise<string> {
  await callers.as().askReset({ email: person.email });
  await letters(1);
  const [letter] = mine();
  return letter === undefined ? "" : (linkIn(letter).split("/").at(-1) ?? "");
}

/** Signs the person in somewhere and returns that cookie. */
async function signedIn(): Promise<string> {
  const answerHeaders = new Headers();
  await signIn.begin(person.id, { headers: new Headers(), answerHeaders });
  return answerHeaders.getSetCookie()[0]?.split(";")[0] ?? "";
}

test("whoever forgot their password gets a letter, sets a new one, and is signed out everywhere", async () => {
  const cookies = [await signedIn(), await signedIn()];
  const token = await tokenByMail();
  expect(await callers.as().resetLink({ token })).toEqual({ works: true });
  await callers.as().resetPassword({ token, password: NEXT });
  for (const cookie of cookies) {
    const exchange = { headers: new Headers({ cookie }), answerHeaders: new Headers() };
    expect(await signIn.sessionOf(exchange)).toBeUndefined();
  }
  await expect(callers.as().signIn({ email: person.email, password: PASSWORD })).rejects.toMatchObject({
    code: "accounts.wrong-password",
  });
  await callers.as().signIn({ email: person.email, password: NEXT });
  await letters(2);
});

test("a link for a new password works once, and a newer one ends it", async () => {
  const first = await tokenByMail();
  server.arrived.length = 0;
  const second = await tokenByMail();
  expect(await callers.as().resetLink({ token: first })).toEqual({ works: false });
  await callers.as().resetPassword({ token: second, password: NEXT });
  const again = callers.as().resetPassword({ token: second, password: PASSWORD });
  await expect(again).rejects.toMatchObject({ code: "accounts.reset-link-over" });
});

test("a link that lay about for two hours opens nothing", async () => {
  const token = await tokenByMail();
  clock.ahead = 2 * 3_600_000 + 1;
  const late = callers.as().resetPassword({ token, password: NEXT });
  await expect(late).rejects.toMatchObject({ code: "accounts.reset-link-over" });
});

test("whoever changes their password leaves no link behind that a thief could use", async () => {
  const token = await tokenByMail();
  await callers.as(person).me.changePassword({ current: PASSWORD, next: NEXT });
  expect(await callers.as().resetLink({ token })).toEqual({ works: false });
});

test("asking for a new password says and does the same for an address nobody has", async () => {
  const statements: string[] = [];
  const counted = {
    ...jobs,
    send: async (...sent: Parameters<typeof jobs.send>) => {
      statements.push(sent[0].name);
      return jobs.send(...sent);
    },
  };
  const ask = (email: string) => callers.as(undefined, { jobs: counted }).askReset({ email });
  expect(await ask(person.email)).toEqual(await ask("nobody@nowhere.example"));
  expect(statements).toEqual(["accounts.send-reset", "accounts.send-reset"]);
  const waiting = async () => {
    const found = await sql`select from jobs.job where name = 'accounts.send-reset' and state < 'completed'`.execute(
      databases.owner,
    );
    return found.rows.length;
  };
  await expect.poll(waiting).toBe(0);
  await letters(1);
  expect(server.arrived.flatMap(({ to }) => to)).not.toContain("nobody@nowhere.example");
});

test("the address that was asked for does not lie open in the queue", async () => {
  await callers.as().askReset({ email: "secret-person@camp.example" });
  const queue = await sql<{ row: string }>`select data::text as row from jobs.job`.execute(databases.owner);
  expect(queue.rows.map(({ row }) => row).join()).not.toContain("secret-person");
});

test("a stranger's box is not flooded: the fourth letter in an hour is not asked for", async () => {
  const limits = openLimits(now);
  const ask = () => callers.as(undefined, { limits }).askReset({ email: person.email });
  for (let i = 0; i < 3; i += 1) await ask();
  await expect(ask()).rejects.toMatchObject({ kind: "too-many" });
});

test("without a mail server an owner of the installation makes the link, and nobody else", async () => {
  const none = { mailer: testTools.mailer };
  await expect(callers.as(undefined, none).askReset({ email: person.email })).rejects.toMatchObject({
    code: "accounts.no-mail",
  });
  const owner = await testPerson(databases, `owner-${number}`, { in: camp, as: "owner" });
  await expect(callers.as(owner, none).makeResetLink({ personId: person.id })).rejects.toMatchObject({
    code: "accounts.owners-only",
  });
  const head = await testPerson(databases, `head-${number}`, { isInstallOwner: true });
  const { link } = await callers.as(head, none).makeResetLink({ personId: person.id });
  await callers.as().resetPassword({ token: link.split("/").at(-1) ?? "", password: NEXT });
  expect(await sessionsOf(databases.owner, person.id)).toEqual([]);
});

test("whoever owns the machine gets back in when password and phone are gone", async () => {
  const asked = { email: person.email, forgetSecondFactors: true, publicUrl: "http://localhost", now: now() };
  await sql`insert into totp_secrets (user_id, sealed, made_at, confirmed_at)
    values (${person.id}, 'x', now(), now())`.execute(databases.owner);
  const { link } = await recoverAccount(databases, asked);
  await callers.as().resetPassword({ token: link.split("/").at(-1) ?? "", password: NEXT });
  expect(await callers.as().signIn({ email: person.email, password: NEXT })).toEqual({ isIn: true });
  const nobody = recoverAccount(databases, { ...asked, email: "nobody@camp.example" });
  await expect(nobody).rejects.toMatchObject({ code: "accounts.no-such-address" });
});
