import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { openMailer } from "#src/base/mail/mailer.ts";
import { type Arrived, linkIn } from "#src/base/testing/mail-server.ts";
import { sendEmailChange } from "./email-change.ts";
import type { Profile } from "./model.ts";
import { markProved, sessionsOf } from "./store/sessions.ts";
import { openMailDesk } from "./testing/mail-desk.ts";
import { PASSWORD, testPerson } from "./testing/people.ts";

const { databases, server, clock, now, camp, callers, signIn } = await openMailDesk(sendEmailChange);
const noMail = { mailer: openMailer({ smtpUrl: undefined, from: "" }) };

let number = 0;
let person: Profile;
let session = "";
beforeEach(async () => {
  number += 1;
  clock.ahead = 0;
  server.arrived.length = 0;
  person = await testPerson(databases, `mover-${number}`, { in: camp, as: "editor" });
  session = await signedIn();
});

/** Signs the person in, with a proof that counts, and returns the session. */
async function signedIn(): Promise<string> {
  await signIn.begin(person.id, { headers: new Headers(), answerHeaders: new Headers() });
  const [newest] = await sessionsOf(databases.owner, person.id);
  await markProved(databases.owner, newest?.id ?? "", now());
  return newest?.id ?? "";
}

const me = (parts = {}) => callers.asCaller({ kind: "person", profile: person, sessionId: session }, parts);

/** The letter to this address, once it has come; those of the test before may still be on their way. */
async function letterTo(email: string): Promise<Arrived> {
  for (let i = 0; i < 200; i += 1) {
    const letter = server.arrived.find(({ to }) => to[0] === email);
    if (letter !== undefined) return letter;
    await wait(50);
  }
  throw new Error(`no letter came to ${email}`);
}

const addressOf = async (id: string) =>
  (await sql<{ email: string }>`select email from users where id = ${id}`.execute(databases.owner)).rows[0]?.email;

/** Asks for an address and returns the token of the letter that came there. */
async function tokenFor(email: string): Promise<string> {
  expect(await me().changeEmail({ email })).toEqual({ state: "asked" });
  return (
    linkIn(await letterTo(email))
      .split("/")
      .at(-1) ?? ""
  );
}

test("a new address counts once whoever reads it has said so, and then opens the account alone", async () => {
  const next = `next-${number}@camp.example`;
  const token = await tokenFor(next);
  expect(await me().emailChange({})).toMatchObject({ email: next });
  expect(await addressOf(person.id)).toBe(person.email);
  expect(await callers.as().emailLink({ token })).toEqual({ email: next });
  await callers.as().confirmEmail({ token });
  expect(await callers.as().signIn({ email: next, password: PASSWORD })).toEqual({ isIn: true });
  const before = callers.as().signIn({ email: person.email, password: PASSWORD });
  await expect(before).rejects.toMatchObject({ code: "accounts.wrong-password" });
  expect((await letterTo(person.email)).raw).not.toContain("/email/");
});

test("everywhere but where it was asked for the person is signed out", async () => {
  const asking = session;
  await signedIn();
  const token = await tokenFor(`next-${number}@camp.example`);
  await callers.as().confirmEmail({ token });
  expect((await sessionsOf(databases.owner, person.id)).map(({ id }) => id)).toEqual([asking]);
});

test("a link confirms once, a newer one ends it, and so do a day and the person's own word", async () => {
  const first = await tokenFor(`first-${number}@camp.example`);
  const second = await tokenFor(`second-${number}@camp.example`);
  const over = { code: "accounts.email-link-over" };
  await expect(callers.as().confirmEmail({ token: first })).rejects.toMatchObject(over);
  clock.ahead = 24 * 3_600_000 + 1;
  expect(await callers.as().emailLink({ token: second })).toEqual({ email: null });
  clock.ahead = 0;
  await me().dropEmailChange({});
  await expect(callers.as().confirmEmail({ token: second })).rejects.toMatchObject(over);
  const third = await tokenFor(`third-${number}@camp.example`);
  await callers.as().confirmEmail({ token: third });
  await expect(callers.as().confirmEmail({ token: third })).rejects.toMatchObject(over);
});

test("an unlocked screen is not enough: who asks proves first who they are", async () => {
  clock.ahead = 11 * 60_000;
  const late = me().changeEmail({ email: `next-${number}@camp.example` });
  await expect(late).rejects.toMatchObject({ code: "accounts.prove-first" });
});

test("whose addresses are known here is told to nobody but those who read them", async () => {
  const other = await testPerson(databases, `other-${number}`, { in: camp, as: "editor" });
  expect(await me().changeEmail({ email: other.email })).toEqual({ state: "asked" });
  expect(await me().emailChange({})).toMatchObject({ email: other.email });
  expect((await letterTo(other.email)).raw).not.toContain("/email/");
  expect(await addressOf(person.id)).toBe(person.email);
});

test("where no letters are sent the address counts at once, and one that is somebody's is refused", async () => {
  const other = await testPerson(databases, `other-${number}`, { in: camp, as: "editor" });
  const taken = me(noMail).changeEmail({ email: other.email });
  await expect(taken).rejects.toMatchObject({ code: "accounts.email-taken" });
  const next = `next-${number}@camp.example`;
  expect(await me(noMail).changeEmail({ email: next })).toEqual({ state: "changed" });
  expect(await addressOf(person.id)).toBe(next);
});

test("a link for a new password that went to the address before opens nothing after the change", async () => {
  await databases.asOwner((tx) =>
    sql`insert into reset_links (token_hash, user_id, made_at, expires_at)
      values (${Buffer.from(`reset ${number}`)}, ${person.id}, now(), now() + interval '1 hour')`.execute(tx),
  );
  const token = await tokenFor(`next-${number}@camp.example`);
  await callers.as().confirmEmail({ token });
  const left = await sql`select from reset_links where user_id = ${person.id}`.execute(databases.owner);
  expect(left.rows).toEqual([]);
});

test("the address does not lie open in the queue", async () => {
  await me().changeEmail({ email: "secret-mover@camp.example" });
  const queue = await sql<{ row: string }>`select data::text as row from jobs.job`.execute(databases.owner);
  expect(queue.rows.map(({ row }) => row).join()).not.toContain("secret-mover");
});
