import { sql } from "kysely";
import { expect, test } from "vitest";
import { village } from "#src/analytics/testing/village.ts";
import type { AnyJob, JobTools } from "#src/base/jobs.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { testMailServer } from "#src/base/testing/mail-server.ts";
import { newId } from "#src/base/ids.ts";
import { saveLetter, saveReaders } from "#src/sharing/letters/store.ts";
import { sendDueLetters } from "#src/sharing/letters/send.ts";
import { openPages, type PageBuild } from "#src/web/page-server.ts";
import { testSite } from "#src/web/server/testing/site.ts";

const databases = await testDatabase();
const mail = await testMailServer();
const posted: [AnyJob, object][] = [];
const clock = { at: Date.parse("2026-11-23T09:00:00Z") };
const tools: JobTools = {
  ...testTools,
  databases,
  // Mail programs stop letters by themselves over https alone.
  publicUrl: "https://veche.example",
  mailer: openMailer({ smtpUrl: mail.url, from: "Camp <team@camp.example>" }),
  now: () => clock.at,
  signal: new AbortController().signal,
  jobs: { ...noJobs, send: async (job, data) => posted.push([job, data]) > 0 },
};

/** Sends what is due, and lets the queue hand it to the mail server; returns the headers of what arrived, unfolded (RFC 5322, 2.2.3). */
async function arriving(): Promise<string[]> {
  await sendDueLetters(tools);
  for (const [job, content] of posted.splice(0)) await job.run(content, tools);
  return mail.arrived
    .splice(0)
    .map(({ raw }) => raw.slice(0, raw.indexOf("\r\n\r\n")).replaceAll(/\r\n(?=[ \t])/g, ""));
}

test("a mail program ends the letters by one POST without cookies to the address in a letter's header, once and for all", async () => {
  const file = new URL("../build/server/index.js", import.meta.url);
  // The build is our own entry compiled by the bundler, which gives it no types.
  const site = await testSite(databases, { pages: openPages((await import(file.href)) as PageBuild) });
  const { community, tell } = await village(databases);
  await tell([{ by: "member_1", at: "2026-11-17 10:00" }]);
  const rhythm = { every: "week", day: 0, hour: 9, timeZone: "UTC" } as const;
  const shows = { language: "en", spaces: [], showsNames: false, paused: false } as const;
  const [id, now] = [newId(0), clock.at];
  await databases.asOwner(async (tx) => {
    await saveLetter(tx, community, { ...rhythm, ...shows, id, createdByName: "Lead", nextAt: now, now });
    await saveReaders(tx, community, { id, readers: ["board@camp.example"], now });
  });

  const [headers = ""] = await arriving();
  expect(headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  const address = /^List-Unsubscribe: <(https:\/\/veche\.example\/[^>\s]+)>$/m.exec(headers)?.[1] ?? "";
  const oneClick = () =>
    fetch(site.address + new URL(address).pathname, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
      redirect: "error",
    });
  const stopped = async () => {
    const found = await sql<{ at: Date | null }>`
      select stopped_at as at from audit_letter_readers where community_id = ${community}`.execute(databases.owner);
    return found.rows[0]?.at;
  };
  expect(await stopped()).toBeNull();
  const first = await oneClick();
  expect([first.status, first.headers.getSetCookie()]).toEqual([200, []]);
  const since = await stopped();
  expect(since).toBeInstanceOf(Date);
  expect((await oneClick()).status).toBe(200);
  expect(await stopped()).toEqual(since);
  clock.at += 7 * 86_400_000;
  expect(await arriving()).toEqual([]);
});
