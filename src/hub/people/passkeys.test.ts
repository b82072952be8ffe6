import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { testTools } from "#src/base/testing/jobs.ts";
import { type Authenticator, openAuthenticator } from "../testing/authenticator.ts";
import { takesPasskeys } from "./passkeys.ts";
import { type Guest, openCamp, PASSWORD } from "../testing/camp.ts";

const databases = await testDatabase();
let later = 0;
const camp = await openCamp(databases, {}, { now: () => Date.now() + later });
const { slug: community } = camp.facts;
const origin = new URL(testTools.publicUrl).origin;
const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });
const nameOf = async (guest: Guest) => (await guest.api.people.hub({ community })).you?.name;

async function signIn(guest: Guest, device: Authenticator) {
  const { challengeId, options } = await guest.api.people.askPasskey({ community });
  const signed = { community, challengeId, response: device.sign(options) };
  return { signed, done: await guest.api.people.signInByPasskey(signed) };
}

async function join(guest: Guest, name: string, device: Authenticator) {
  const asked = await guest.api.people.beginJoinByPasskey({ community, name, acceptsRules: true });
  const made = { community, challengeId: asked.challengeId, response: device.make(asked.options) };
  return guest.api.people.joinByPasskey({ ...made, name, passkeyName: "Phone" });
}

async function add(guest: Guest, name: string, device: Authenticator) {
  const { challengeId, options } = await guest.api.people.beginPasskey({ community });
  return guest.api.people.addPasskey({ community, challengeId, response: device.make(options), name });
}

test("a member adds passkeys under names, signs in by one of them, and sees when that was", async () => {
  const anna = await camp.member("anna");
  const [phone, laptop] = [openAuthenticator(origin), openAuthenticator(origin)];
  await add(anna, "Phone", phone);
  const { id } = await add(anna, "Laptop", laptop);
  await anna.api.people.renamePasskey({ community, passkeyId: id, name: "Old laptop" });
  const back = camp.guest();
  await signIn(back, phone);
  expect(await nameOf(back)).toBe("anna");
  const { items } = await back.api.people.myPasskeys({ community });
  expect(items.map(({ name, usedAt }) => [name, usedAt !== null])).toEqual([
    ["Phone", true],
    ["Old laptop", false],
  ]);
  await anna.api.people.dropPasskey({ community, passkeyId: id });
  await expect(signIn(camp.guest(), laptop)).rejects.toEqual(code("passkey-unknown"));
  const { text } = await anna.page("/me/access");
  expect(text).toContain("Phone");
  expect(text).not.toContain("Old laptop");
});

test("what was signed once signs nobody in again, nor what was signed for something else or too late", async () => {
  const boris = await camp.member("boris");
  const device = openAuthenticator(origin);
  await add(boris, "Phone", device);
  const { signed } = await signIn(camp.guest(), device);
  const again = (answer: typeof signed) => camp.guest().api.people.signInByPasskey(answer);
  await expect(again(signed)).rejects.toEqual(code("passkey-refused"));
  const proof = await boris.api.people.askProof({ community });
  const response = device.sign(proof.options);
  await expect(again({ community, challengeId: proof.challengeId, response })).rejects.toEqual(code("passkey-refused"));
  const late = await camp.guest().api.people.askPasskey({ community });
  const answer = { community, challengeId: late.challengeId, response: device.sign(late.options) };
  later += 6 * 60_000;
  await expect(again(answer)).rejects.toEqual(code("passkey-refused"));
});

test("passkeys are offered at names with https and on the machine itself, and where they cannot be it is said beforehand", async () => {
  const works = ["https://hub.example", "http://localhost:3000", "http://hub.localhost"].map(takesPasskeys);
  const fails = ["http://hub.example", "https://192.168.1.5", "http://[::1]:3000", "http://127.0.0.1:3000"].map(
    takesPasskeys,
  );
  expect([works, fails]).toEqual([
    [true, true, true],
    [false, false, false, false],
  ]);
  const bare = await openCamp(databases, {}, { publicUrl: "http://hub.example" });
  const nora = await bare.member("nora");
  for (const path of ["/sign-in", "/join"]) {
    expect((await camp.guest().page(path)).text).toContain("data-passkey=");
    expect((await bare.guest().page(path)).text).not.toContain("data-passkey");
  }
  const { text } = await nora.page("/me/access");
  expect(text).toContain("Passkeys work only at an address with https");
  expect(text).not.toContain("data-passkey");
});

test("a copy of a passkey is refused in words, and so is one of another site or another community", async () => {
  const clara = await camp.member("clara");
  const device = openAuthenticator(origin);
  await add(clara, "Phone", device);
  await signIn(camp.guest(), device);
  device.counter -= 1;
  await expect(signIn(camp.guest(), device)).rejects.toEqual(code("passkey-copied"));
  await signIn(camp.guest(), device);
  const elsewhere = openAuthenticator("https://evil.example");
  await expect(add(clara, "Phishing", elsewhere)).rejects.toEqual(code("passkey-refused"));
  const other = await openCamp(databases);
  const guest = other.guest();
  const { challengeId, options } = await guest.api.people.askPasskey({ community: other.facts.slug });
  const signed = { community: other.facts.slug, challengeId, response: device.sign(options) };
  await expect(guest.api.people.signInByPasskey(signed)).rejects.toEqual(code("passkey-unknown"));
});

test("somebody joins with a name and a passkey alone, and cannot throw their only way in away", async () => {
  const guest = camp.guest();
  const device = openAuthenticator(origin);
  await join(guest, "dora", device);
  expect(await nameOf(guest)).toBe("dora");
  await expect(join(camp.guest(), "Dora", openAuthenticator(origin))).rejects.toEqual(code("name-taken"));
  const [only] = (await guest.api.people.myPasskeys({ community })).items;
  const dropping = guest.api.people.dropPasskey({ community, passkeyId: only?.id ?? "" });
  await expect(dropping).rejects.toEqual(code("last-way"));
  const back = camp.guest();
  await signIn(back, device);
  expect(await nameOf(back)).toBe("dora");
  const shut = await openCamp(databases, { joining: "nobody" });
  const wish = { community: shut.facts.slug, name: "eva", acceptsRules: true } as const;
  await expect(shut.guest().api.people.beginJoinByPasskey(wish)).rejects.toEqual(code("joining-closed"));
});

test("ten minutes after signing in nobody changes passkeys before they have shown again that it is them", async () => {
  const fedor = await camp.member("fedor");
  const device = openAuthenticator(origin);
  await add(fedor, "Phone", device);
  later += 11 * 60_000;
  await expect(add(fedor, "Thief's", openAuthenticator(origin))).rejects.toEqual(code("prove-first"));
  expect((await fedor.page("/me/access")).text).toContain("/me/access/prove");
  const prove = (password: string) => fedor.api.people.prove({ community, password });
  await expect(prove("a guess of mine")).rejects.toEqual(code("wrong-current"));
  await prove(PASSWORD);
  await add(fedor, "Laptop", openAuthenticator(origin));
  later += 11 * 60_000;
  const { challengeId, options } = await fedor.api.people.askProof({ community });
  await fedor.api.people.prove({ community, passkey: { challengeId, response: device.sign(options) } });
  await add(fedor, "Tablet", openAuthenticator(origin));
});

test("whoever joined without a password sets one alone: with an address, and only just after proving that it is them", async () => {
  const device = openAuthenticator(origin);
  const first = camp.guest();
  await join(first, "egor", device);
  const password = "my very first password";
  await expect(first.api.people.changePassword({ community, password })).rejects.toEqual(code("password-needs-email"));
  expect((await first.page("/me/access")).text).toContain("A password goes together with an e-mail address");
  const [account] = (await camp.team.setUp.accounts({ community, typed: "egor" })).items;
  const email = "egor@camp.example";
  await camp.team.setUp.giveAddress({ community, accountId: account?.accountId ?? "", email });
  const egor = camp.guest();
  await signIn(egor, device);
  later += 11 * 60_000;
  await expect(egor.api.people.changePassword({ community, password })).rejects.toEqual(code("prove-first"));
  expect((await egor.page("/me/access")).text).not.toContain('action="/c/' + community + '/me/access/password"');
  await signIn(egor, device);
  expect((await egor.send("/me/access/password", { password })).status).toBe(200);
  await camp.guest().api.people.signIn({ community, email, password });
  await expect(egor.api.people.changePassword({ community, password })).rejects.toEqual(code("wrong-current"));
});
