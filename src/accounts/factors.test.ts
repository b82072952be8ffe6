import { sql } from "kysely";
import { Secret, TOTP } from "otpauth";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { openLimits } from "./limits.ts";
import type { Profile } from "./model.ts";
import { openCallers, openTestBrowser, PASSWORD, type TestBrowser, testPerson } from "./testing/people.ts";

const databases = await testDatabase();
let ahead = 0;
const now = () => Date.now() + ahead;
const callers = openCallers(databases, [], { now });
const open = () => openTestBrowser(databases, callers, now);

let number = 0;
let person: Profile;
let browser: TestBrowser;

beforeEach(async () => {
  number += 1;
  ahead = 0;
  person = await testPerson(databases, `person-${number}`);
  browser = open();
  await signIn(browser);
});

function signIn(at: TestBrowser) {
  return at.ask((api) => api.signIn({ email: person.email, password: PASSWORD }));
}

/** What the app shows. */
function codeOf(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({ timestamp: now() });
}

/** Sets the code app up; afterwards half a minute has gone by, so that the next code is another one. */
async function setUp(): Promise<{ secret: string; backupCodes: string[] }> {
  const { secret } = await browser.ask((api) => api.beginTotp({}));
  const { backupCodes } = await browser.ask((api) => api.finishTotp({ code: codeOf(secret) }));
  ahead += 30_000;
  return { secret, backupCodes };
}

test("with a code app the password alone opens nothing, and the code opens", async () => {
  const { secret } = await setUp();
  const other = open();
  expect(await signIn(other)).toEqual({ isIn: false });
  expect(await other.isIn()).toBe(false);
  expect(await other.ask((api) => api.awaitedFactor({}))).toEqual({ awaited: ["code", "backup-code"] });
  await other.ask((api) => api.finishSignIn({ code: codeOf(secret) }));
  expect(await other.isIn()).toBe(true);
});

test("until a code has confirmed the app, signing in stays as it was", async () => {
  await browser.ask((api) => api.beginTotp({}));
  const wrong = browser.ask((api) => api.finishTotp({ code: "000000" }));
  await expect(wrong).rejects.toMatchObject({ code: "accounts.wrong-code" });
  expect(await signIn(open())).toEqual({ isIn: true });
});

test("a code that somebody saw over the shoulder is worth nothing a second time", async () => {
  const { secret } = await setUp();
  const code = codeOf(secret);
  const [mine, thief] = [open(), open()];
  for (const each of [mine, thief]) await signIn(each);
  await mine.ask((api) => api.finishSignIn({ code }));
  await expect(thief.ask((api) => api.finishSignIn({ code }))).rejects.toMatchObject({ code: "accounts.wrong-code" });
  expect(await thief.isIn()).toBe(false);
});

test("of two who send the same code at the same moment one gets in", async () => {
  const { secret } = await setUp();
  const code = codeOf(secret);
  const both = [open(), open()];
  for (const each of both) await signIn(each);
  await Promise.allSettled(both.map((each) => each.ask((api) => api.finishSignIn({ code }))));
  expect((await Promise.all(both.map((each) => each.isIn()))).filter(Boolean)).toHaveLength(1);
});

test("the code that confirmed the app does not sign in as well", async () => {
  const { secret } = await browser.ask((api) => api.beginTotp({}));
  const code = codeOf(secret);
  await browser.ask((api) => api.finishTotp({ code }));
  const thief = open();
  await signIn(thief);
  await expect(thief.ask((api) => api.finishSignIn({ code }))).rejects.toMatchObject({ code: "accounts.wrong-code" });
});

test("whoever has lost the phone gets in by a backup code, each of them once", async () => {
  const { backupCodes } = await setUp();
  expect(new Set(backupCodes).size).toBe(10);
  const code = backupCodes[3] ?? "";
  const first = open();
  await signIn(first);
  await first.ask((api) => api.finishSignIn({ code: code.toLowerCase().replaceAll("-", " ") }));
  expect(await first.isIn()).toBe(true);
  const second = open();
  await signIn(second);
  await expect(second.ask((api) => api.finishSignIn({ code }))).rejects.toMatchObject({ code: "accounts.wrong-code" });
  expect(await browser.ask((api) => api.factors({}))).toMatchObject({ backupCodes: 9 });
});

test("neither secrets nor backup codes can be read from the tables", async () => {
  const { secret, backupCodes } = await setUp();
  const kept = await sql<{ row: string }>`
    select row_to_json(t)::text as row from totp_secrets t union all select row_to_json(b)::text from backup_codes b`.execute(
    databases.owner,
  );
  const all = kept.rows.map(({ row }) => row).join();
  for (const each of [secret, ...backupCodes, ...backupCodes.map((code) => code.replaceAll("-", ""))]) {
    expect(all).not.toContain(each);
  }
});

test("setting up a second factor signs out everywhere else, where it was not asked for", async () => {
  const other = open();
  await signIn(other);
  await setUp();
  expect(await other.isIn()).toBe(false);
  expect(await browser.isIn()).toBe(true);
});

test("an unlocked screen is not enough to change how somebody signs in: minutes later it asks again", async () => {
  const { secret } = await setUp();
  ahead += 11 * 60_000;
  const first = { code: "accounts.prove-first" };
  for (const change of [
    () => browser.ask((api) => api.endTotp({})),
    () => browser.ask((api) => api.makeBackupCodes({})),
    () => browser.ask((api) => api.beginPasskey({})),
    () => browser.ask((api) => api.beginTotp({})),
  ]) {
    await expect(change()).rejects.toMatchObject(first);
  }
  const wrong = browser.ask((api) => api.prove({ password: "not my password" }));
  await expect(wrong).rejects.toMatchObject({ code: "accounts.wrong-current-password" });
  await browser.ask((api) => api.prove({ password: PASSWORD }));
  await browser.ask((api) => api.endTotp({}));
  expect(await browser.ask((api) => api.factors({}))).toEqual({ totpSince: null, backupCodes: 0, passkeys: [] });
  expect(await signIn(open())).toEqual({ isIn: true });
  expect(secret).toHaveLength(32);
});

test("after five wrong codes whoever knows the password has to wait", async () => {
  const { secret } = await setUp();
  const limited = openCallers(databases, [], { now, limits: openLimits(now) });
  const thief = openTestBrowser(databases, limited, now);
  await signIn(thief);
  for (let i = 0; i < 5; i += 1) {
    await expect(thief.ask((api) => api.finishSignIn({ code: "000000" }))).rejects.toMatchObject({
      code: "accounts.wrong-code",
    });
  }
  const right = thief.ask((api) => api.finishSignIn({ code: codeOf(secret) }));
  await expect(right).rejects.toMatchObject({ kind: "too-many" });
});

test("half a sign-in is over after ten minutes, after use, and when the password changes", async () => {
  const { secret } = await setUp();
  const [late, changed] = [open(), open()];
  await signIn(late);
  ahead += 11 * 60_000;
  const over = { code: "accounts.half-over" };
  await expect(late.ask((api) => api.finishSignIn({ code: codeOf(secret) }))).rejects.toMatchObject(over);
  await signIn(changed);
  await browser.ask((api) => api.me.changePassword({ current: PASSWORD, next: "a quite different password" }));
  await expect(changed.ask((api) => api.finishSignIn({ code: codeOf(secret) }))).rejects.toMatchObject(over);
});

test("a session that a stranger planted does not become somebody's by signing in", async () => {
  const stranger = await testPerson(databases, `stranger-${number}`);
  const shared = open();
  await shared.ask((api) => api.signIn({ email: stranger.email, password: PASSWORD }));
  const planted = await sql<{ id: string }>`select id from sessions where user_id = ${stranger.id}`.execute(
    databases.owner,
  );
  await signIn(shared);
  const left = await sql`select from sessions where id = ${planted.rows[0]?.id}`.execute(databases.owner);
  expect(left.rows).toEqual([]);
});

test("the owner of the installation lets somebody in again who lost everything, and nobody else can", async () => {
  await setUp();
  const head = await testPerson(databases, `head-${number}`, { isInstallOwner: true });
  const asked = { personId: person.id };
  await expect(browser.ask((api) => api.dropFactors(asked))).rejects.toMatchObject({ code: "accounts.owners-only" });
  const owner = open();
  await owner.ask((api) => api.signIn({ email: head.email, password: PASSWORD }));
  await owner.ask((api) => api.dropFactors(asked));
  expect(await browser.isIn()).toBe(false);
  expect(await signIn(open())).toEqual({ isIn: true });
});

test("a passkey that signed nothing we asked for proves nothing", async () => {
  const asked = await browser.ask((api) => api.askPasskey({}));
  expect(asked.options).toMatchObject({ rpId: "localhost", userVerification: "required" });
  const forged = { challengeId: asked.challengeId, response: { id: "AAAA", type: "public-key", response: {} } };
  const refused = { code: "accounts.passkey-refused" };
  for (const passkey of [forged, forged]) {
    await expect(open().ask((api) => api.signInByPasskey(passkey))).rejects.toMatchObject(refused);
  }
  const { challengeId } = await browser.ask((api) => api.beginPasskey({}));
  const made = browser.ask((api) => api.addPasskey({ challengeId, name: "Forged", response: { id: "AAAA" } }));
  await expect(made).rejects.toMatchObject(refused);
});
