import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller, CommunityFacts } from "#src/accounts/call.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { village, type Village } from "#src/analytics/testing/village.ts";
import type { AnyJob, JobTools } from "#src/base/jobs.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { sendLetter } from "#src/base/mail/post.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { testMailServer } from "#src/base/testing/mail-server.ts";
import { sharingApi } from "../api.ts";
import { overdueLetters, sendDueLetters, skipLetter } from "./send.ts";
import { sql } from "kysely";

const databases = await testDatabase();
const server = await testMailServer();
const mailer = openMailer({ smtpUrl: server.url, from: "Camp <team@camp.example>" });
const DAY = 86_400_000;
/** A Sunday. */
const NOON = Date.parse("2026-11-22T12:00:00Z");
const clock = { at: NOON };
const sent: { job: AnyJob; data: object }[] = [];

/** What jobs are handed; letters that are posted are delivered by `deliver`, as the queue would do. */
const tools: JobTools = {
  ...testTools,
  // Mail programs stop letters by themselves over https alone.
  publicUrl: "https://veche.example",
  mailer,
  databases,
  now: () => clock.at,
  signal: new AbortController().signal,
  jobs: { ...noJobs, send: async (job, data) => sent.push({ job, data }) > 0 },
};

async function deliver(): Promise<void> {
  for (const { job, data } of sent.splice(0)) if (job.name === sendLetter.name) await job.run(data, tools);
}

beforeEach(() => {
  clock.at = NOON;
});
afterEach(async () => {
  server.arrived.length = 0;
  server.refusals.length = 0;
  sent.length = 0;
  await sql`delete from audit_letters`.execute(databases.owner);
});

/** A community in which something was written in the week before the letter. */
async function camp(): Promise<Village> {
  const made = await village(databases);
  await made.tell(
    Array.from({ length: 30 }, (_, n) => ({ by: `member_${n % 6}`, at: `2026-11-${16 + (n % 6)} 1${n % 10}:00` })),
  );
  return made;
}

const lead: Caller = {
  kind: "person",
  sessionId: "00000000-0000-7000-8000-000000000001",
  profile: {
    id: "00000000-0000-7000-8000-000000000002",
    name: "Lead",
    email: "lead@camp.example",
    language: "en",
    theme: "auto",
    timeZone: null,
    isInstallOwner: true,
  },
};

function client({ community }: Village, caller: Caller = keyIn({ id: community }, "admin"), mail = mailer) {
  const facts: CommunityFacts = { id: community, slug: "camp", name: "Camp", language: "en", timeZone: "UTC" };
  const parts = { ...tools, mailer: mail, publicUrl: "https://veche.example" };
  return createRouterClient(sharingApi, { context: testCall({ databases, caller, communities: [facts] }, parts) });
}

const wish = {
  community: "camp",
  every: "week",
  day: 0,
  hour: 9,
  timeZone: "UTC",
  language: "en",
  spaces: [],
  names: false,
  readers: ["board@camp.example", "guest@else.example"],
} as const;

/** The text of the letter that arrived last, out of its transfer encoding. */
function read(raw = server.arrived.at(-1)?.raw ?? ""): string {
  const unfolded = raw.replaceAll(/=\r\n/g, "");
  return Buffer.from(
    unfolded.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
}

function linksIn(text: string, path: string): string[] {
  return [...new Set([...text.matchAll(new RegExp(`/${path}/([A-Za-z0-9._-]+)`, "g"))].map(([, token = ""]) => token))];
}

describe("a letter with the figures of each week", () => {
  test("goes to each of its readers once, at its hour, and says when it comes next", async () => {
    const made = await camp();
    const { nextAt } = await client(made).letters.create({ ...wish, readers: [...wish.readers], spaces: [] });
    expect(nextAt).toBe("2026-11-23T09:00:00.000Z");
    await sendDueLetters(tools);
    expect(sent).toHaveLength(0);
    clock.at = Date.parse(nextAt);
    await sendDueLetters(tools);
    await sendDueLetters(tools);
    await deliver();
    expect(new Set(server.arrived.map(({ to }) => to[0]))).toEqual(new Set(wish.readers));
    expect(server.arrived).toHaveLength(2);
    const [letter] = (await client(made).letters.list({ community: "camp" })).items;
    expect(letter).toMatchObject({ nextAt: "2026-11-30T09:00:00.000Z", sentAt: nextAt, failure: null });
    expect(letter?.readers.map(({ last }) => last)).toEqual(["sent", "sent"]);
  });

  test("that another install may have sent since a backup is put to a person, who may pass over it", async () => {
    const made = await camp();
    const { id, nextAt } = await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    expect(await overdueLetters(databases.owner, clock.at)).toEqual([]);
    clock.at = Date.parse(nextAt) + DAY;
    expect(await overdueLetters(databases.owner, clock.at)).toEqual([{ id, content: { community: made.community } }]);
    await databases.asOwner((tx) => skipLetter(tx, id, clock.at));
    await sendDueLetters(tools);
    expect(sent).toHaveLength(0);
    const [letter] = (await client(made).letters.list({ community: "camp" })).items;
    expect(letter).toMatchObject({ nextAt: "2026-11-30T09:00:00.000Z", sentAt: null });
  });

  test("is sent once by two processes that look at the same moment", async () => {
    const made = await camp();
    await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    clock.at += DAY;
    await Promise.all([sendDueLetters(tools), sendDueLetters(tools), sendDueLetters(tools)]);
    await deliver();
    expect(server.arrived).toHaveLength(1);
  });

  test("goes out once also when its time was set in the database, to the microsecond", async () => {
    const made = await camp();
    await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    await sql`update audit_letters set next_at = '2026-11-22 11:59:59.123456Z'`.execute(databases.owner);
    await sendDueLetters(tools);
    await sendDueLetters(tools);
    await deliver();
    expect(server.arrived).toHaveLength(1);
  });

  test("tells the week before in the language of its readers, names nobody, and links to an audit they may read", async () => {
    const made = await camp();
    await client(made).letters.create({ ...wish, language: "ru", readers: ["board@camp.example"], spaces: [] });
    clock.at += DAY;
    await sendDueLetters(tools);
    await deliver();
    const text = read();
    expect(text).toMatch(/писали 6 человек/);
    expect(text).toContain("16");
    expect(text).not.toContain("member_");
    const [token = ""] = linksIn(text, "shared");
    const seen = await client(made, { kind: "nobody" }).shared.audit({ token });
    expect(seen).toMatchObject({ state: "open", audit: { period: { from: "2026-11-16", to: "2026-11-22" } } });
    expect(JSON.stringify(seen)).not.toContain("member_");
  });

  test("says so when nobody wrote", async () => {
    const made = await village(databases);
    await made.tell([{ by: "member_1", at: "2026-03-01 10:00" }]);
    await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    clock.at += DAY;
    await sendDueLetters(tools);
    await deliver();
    expect(read()).toMatch(/Nobody wrote here in 16/);
  });

  test("comes no more to whoever says so by its link, not even when they are put on the list again", async () => {
    const made = await camp();
    const { id } = await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    clock.at += DAY;
    await sendDueLetters(tools);
    await deliver();
    const [token = ""] = linksIn(read(), "letters");
    expect(server.arrived[0]?.raw).toMatch(/^List-Unsubscribe:\s+<https/m);
    expect(server.arrived[0]?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    const reader = client(made, { kind: "nobody" }).reader;
    expect(await reader.get({ token })).toMatchObject({ email: "bo…@camp.example", wantsIt: true });
    await reader.change({ token, wantsIt: false });
    await client(made).letters.change({ community: "camp", letter: id, readers: ["board@camp.example"] });
    server.arrived.length = 0;
    clock.at += 7 * DAY;
    await sendDueLetters(tools);
    await deliver();
    expect(server.arrived).toHaveLength(0);
    await reader.change({ token, wantsIt: true });
    clock.at += 7 * DAY;
    await sendDueLetters(tools);
    await deliver();
    expect(server.arrived).toHaveLength(1);
    await expect(reader.get({ token: `${token.slice(0, -3)}AAA` })).rejects.toMatchObject({
      code: "sharing.no-such-reader",
    });
  });

  test("rests while it is paused, and is due again only at its next hour", async () => {
    const made = await camp();
    const { id } = await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    await client(made).letters.change({ community: "camp", letter: id, paused: true });
    clock.at += 10 * DAY;
    await sendDueLetters(tools);
    const again = await client(made).letters.change({ community: "camp", letter: id, paused: false });
    await sendDueLetters(tools);
    expect(sent).toHaveLength(0);
    expect(again.nextAt).toBe("2026-12-07T09:00:00.000Z");
  });

  test("that a reader's server refuses is shown beside the reader", async () => {
    const made = await camp();
    await client(made).letters.create({ ...wish, readers: ["gone@camp.example"], spaces: [] });
    clock.at += DAY;
    server.refusals.push({ code: 550, text: "no such user" });
    await sendDueLetters(tools);
    await deliver();
    const [letter] = (await client(made).letters.list({ community: "camp" })).items;
    expect(letter?.readers).toMatchObject([{ last: "failed", failure: "EENVELOPE 550" }]);
  });

  test("that cannot be written holds up no other, says why, and is tried again in an hour", async () => {
    const [broken, fine] = [await camp(), await camp()];
    const { id } = await client(broken).letters.create({ ...wish, readers: ["a@camp.example"], spaces: [] });
    await client(fine).letters.create({ ...wish, readers: ["b@camp.example"], spaces: [] });
    await sql`update communities set time_zone = 'Mars/Olympus' where id = ${broken.community}`.execute(
      databases.owner,
    );
    clock.at = Date.parse("2026-11-23T09:00:00Z");
    await sendDueLetters(tools);
    await deliver();
    expect(server.arrived.map(({ to }) => to[0])).toEqual(["b@camp.example"]);
    const found = (await client(broken).letters.list({ community: "camp" })).items.find((letter) => letter.id === id);
    expect(found).toMatchObject({
      nextAt: "2026-11-23T10:00:00.000Z",
      failure: { code: "sharing.letter-broken", at: "2026-11-23T09:00:00.000Z" },
    });
  });

  test("can be tried by whoever arranges it, and then goes to nobody else", async () => {
    const made = await camp();
    const { id } = await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    expect(await client(made, lead).letters.test({ community: "camp", letter: id })).toEqual({
      to: "lead@camp.example",
    });
    await deliver();
    expect(server.arrived.map(({ to }) => to)).toEqual([["lead@camp.example"]]);
    expect(linksIn(read(), "letters")).toEqual([]);
  });

  test("is not promised where there is no mail server", async () => {
    const made = await camp();
    const none = openMailer({ smtpUrl: undefined, from: "" });
    const without = client(made, lead, none);
    const ask = without.letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    await expect(ask).rejects.toMatchObject({ code: "sharing.no-mail-server" });
    await client(made).letters.create({ ...wish, readers: ["board@camp.example"], spaces: [] });
    clock.at += DAY;
    await sendDueLetters({ ...tools, mailer: none });
    expect(sent).toHaveLength(0);
    expect((await without.letters.list({ community: "camp" })).items).toMatchObject([
      { failure: { code: "sharing.no-mail-server" }, nextAt: "2026-11-30T09:00:00.000Z" },
    ]);
  });
});
