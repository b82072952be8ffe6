import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import type { AnyJob, JobTools } from "#src/base/jobs.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { sendLetter } from "#src/base/mail/post.ts";
import { noticeKinds } from "./kinds.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { testMailServer } from "#src/base/testing/mail-server.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { hubNotices } from "../reactions.ts";
import { openCamp } from "../testing/camp.ts";
import { overdueDigests, sendDigests, skipDigests } from "./send-digests.ts";
import { nextDigest } from "./settings.ts";

const databases = await testDatabase();
const server = await testMailServer();
const clock = { at: Date.now() };
const posted: { job: AnyJob; data: object }[] = [];
const publicUrl = "https://veche.example";

/** What jobs are handed; letters that are posted are delivered by `deliver`, as the queue would do. */
const tools: JobTools = {
  ...testTools,
  publicUrl,
  mailer: openMailer({ smtpUrl: server.url, from: "Camp <team@camp.example>" }),
  databases,
  now: () => clock.at,
  signal: new AbortController().signal,
  jobs: { ...noJobs, send: async (job, data) => posted.push({ job, data }) > 0 },
};
const camp = await openCamp(databases, {}, { publicUrl, now: () => clock.at });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const usual = { hubOff: [], mailOff: [], digest: "daily", hour: 9, timeZone: "UTC", language: "en" } as const;

async function deliver(): Promise<void> {
  for (const { job, data } of posted.splice(0)) if (job.name === sendLetter.name) await job.run(data, tools);
}

/** Looks at the letters at the next hour at which Anna's is due. */
async function nextRound(digest: "daily" | "weekly" = "daily"): Promise<void> {
  clock.at = nextDigest({ ...usual, digest }, clock.at) ?? 0;
  await sendDigests(tools);
  await deliver();
}

/** The letter that arrived last, out of its transfer encoding. */
function lastLetter(): string {
  const raw = (server.arrived.at(-1)?.raw ?? "").replaceAll(/=\r\n/g, "");
  const bytes = raw.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Boris calls Anna by name in a topic of his. */
async function callAnna(title: string): Promise<void> {
  clock.at += 1000;
  await boris.api.topics.openTopic({ community, boardId: camp.board, title, text: "@anna, look" });
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
}

beforeEach(async () => {
  server.arrived.length = 0;
  posted.length = 0;
  await anna.api.notices.read({ community });
  await anna.api.notices.changeSettings({ community, ...usual, hubOff: [], mailOff: [] });
});

test("a letter comes at its hour by its reader's clock, daily or on Mondays", () => {
  const at = Date.parse("2026-11-22T12:00:00Z");
  const next = (digest: "daily" | "weekly" | "off", timeZone: string, hour = 9): string | undefined => {
    const due = nextDigest({ digest, hour, timeZone }, at);
    return due === undefined ? undefined : new Date(due).toISOString();
  };
  expect(next("daily", "UTC")).toBe("2026-11-23T09:00:00.000Z");
  expect(next("daily", "America/New_York")).toBe("2026-11-22T14:00:00.000Z");
  expect(next("weekly", "Europe/Moscow")).toBe("2026-11-23T06:00:00.000Z");
  expect(next("weekly", "UTC", 23)).toBe("2026-11-23T23:00:00.000Z");
  expect(next("off", "UTC")).toBeUndefined();
});

test("whoever has not read what concerns them gets one letter with it, and no other until something new comes", async () => {
  await callAnna("Which <b>kettle</b>?");
  await sendDigests(tools);
  expect(posted).toEqual([]);
  await nextRound();
  expect(server.arrived).toHaveLength(1);
  const letter = lastLetter();
  expect(letter).toMatch(/^Subject: 1 thing for you in Camp/m);
  expect(letter).toContain("boris mentioned you: Which <b>kettle</b>?");
  expect(letter).toContain("Which &lt;b&gt;kettle&lt;/b&gt;?");
  expect(letter).toContain(`${publicUrl}/c/${community}/notifications?view=unread`);
  await nextRound();
  expect(server.arrived).toHaveLength(1);
  await callAnna("And which cup?");
  clock.at = nextDigest(usual, clock.at) ?? 0;
  await sendDigests(tools);
  await deliver();
  expect(server.arrived).toHaveLength(2);
  expect(lastLetter()).toMatch(/^Subject: 2 things for you/m);
});

test("two processes that find the same reader due at once send one letter", async () => {
  await callAnna("Two processes");
  clock.at = nextDigest(usual, clock.at) ?? 0;
  const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const rounds = await databases.asOwner(async (tx) => {
    await sql`select from hub_notice_settings where community_id = ${camp.community} for update`.execute(tx);
    const both = Promise.all([sendDigests(tools), sendDigests(tools)]);
    // Both have written their letter and wait to move the reader on.
    await expect.poll(async () => (await waits.execute(databases.owner)).rows.length).toBe(2);
    return { both };
  });
  await rounds.both;
  await deliver();
  expect(server.arrived).toHaveLength(1);
});

test("a letter is in its reader's language and leaves out what they do not want in it, and what they may not read", async () => {
  await callAnna("Чайник");
  await boris.api.posts.react({ community, topic: 1, number: 1, mark: "👍", isOn: true });
  await anna.api.notices.changeSettings({ community, ...usual, hubOff: [], mailOff: ["mention"], language: "ru" });
  await nextRound();
  expect(server.arrived).toHaveLength(1);
  await callAnna("Вторая тема");
  await nextRound();
  expect(server.arrived).toHaveLength(1);
  await anna.api.notices.changeSettings({ community, ...usual, hubOff: [], mailOff: [], language: "ru" });
  await callAnna("Третья тема");
  await camp.team.setUp.changeBoard({ community, boardId: camp.board, isArchived: true });
  await nextRound();
  expect(server.arrived).toHaveLength(1);
  await camp.team.setUp.changeBoard({ community, boardId: camp.board, isArchived: false });
  await nextRound();
  expect(lastLetter()).toContain("Вас упоминает boris: Третья тема");
});

test("one click stops the letters without signing in, and they can be had again", async () => {
  await callAnna("One click");
  await nextRound();
  const letter = lastLetter();
  expect(letter).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  const path = /List-Unsubscribe: <https:\/\/veche\.example\/c\/[a-z0-9-]+(\/unsubscribe\/[\w.-]+)>/.exec(
    letter.replaceAll(/\r\n\s+/g, " "),
  )?.[1];
  const stranger = camp.guest();
  const page = await stranger.page(path ?? "");
  expect(page.text).toContain("Stop the e-mails");
  expect((await anna.api.notices.settings({ community })).digest).toBe("daily");
  expect((await stranger.send(path ?? "", { "List-Unsubscribe": "One-Click" })).status).toBe(200);
  expect((await anna.api.notices.settings({ community })).digest).toBe("off");
  await stranger.send(path ?? "", { again: "yes" });
  expect((await anna.api.notices.settings({ community })).digest).toBe("weekly");
  const other = path?.replace(/(?<=\/v1\.\w{8}\.)./, (first) => (first === "A" ? "B" : "A")) ?? "";
  expect((await stranger.page(other)).text).toContain("hub.link-over");
});

test("a letter that the mail server refuses is told to its reader, and what it held is in the next one", async () => {
  await callAnna("Refused");
  server.refusals.push({ code: 550, text: "no such user" });
  await nextRound();
  expect(server.arrived).toEqual([]);
  expect((await anna.page("/notifications/settings")).text.includes("EENVELOPE 550")).toBe(true);
  await callAnna("Once more");
  await nextRound();
  expect(lastLetter()).toContain("Refused");
  expect(lastLetter()).toContain("2 notifications are waiting");
});

test("whoever never chose gets a letter on Monday; letters another install may have sent can be passed over", async () => {
  await sql`delete from hub_notice_settings`.execute(databases.owner);
  await callAnna("Monday");
  await sendDigests(tools);
  const due = await sql<{ nextAt: Date; digest: string }>`
    select distinct next_at as "nextAt", digest from hub_notice_settings`.execute(databases.owner);
  const monday = nextDigest({ ...usual, digest: "weekly" }, clock.at) ?? 0;
  expect(due.rows).toEqual([{ nextAt: new Date(monday), digest: "weekly" }]);
  expect(await overdueDigests(databases.owner, monday - 1)).toEqual([]);
  const id = camp.community;
  expect(await overdueDigests(databases.owner, monday)).toEqual([{ id, content: { community: id } }]);
  clock.at = monday;
  await databases.asOwner((tx) => skipDigests(tx, id, monday));
  await sendDigests(tools);
  expect(posted).toEqual([]);
  await nextRound("weekly");
  expect(server.arrived).toHaveLength(1);
});

test("members choose by a form what they are told of, and are told when no letters can come", async () => {
  const form = { "hub-mention": "yes", digest: "daily", hour: "7", timeZone: "Europe/Moscow", language: "ru" };
  const saved = await anna.send("/notifications/settings", form);
  expect(saved.text).toContain("Saved.");
  expect(saved.text).toContain("cannot send e-mail yet");
  const chosen = await anna.api.notices.settings({ community });
  expect(chosen).toMatchObject({
    digest: "daily",
    hour: 7,
    timeZone: "Europe/Moscow",
    language: "ru",
    mailWorks: false,
  });
  expect(chosen.hubOff).not.toContain("mention");
  expect(chosen.hubOff).toHaveLength(noticeKinds.length - 1);
  expect((await anna.send("/notifications/settings", { ...form, timeZone: "Mars/Base" })).status).toBe(400);
  await anna.api.notices.changeSettings({ community, ...usual, hubOff: ["mention"], mailOff: [] });
  await callAnna("Not in the hub");
  expect((await anna.api.notices.list({ community, unread: true })).items).toEqual([]);
  expect((await anna.page("")).text).toContain(">Notifications</a>");
});

test("one of the team who takes part gets the letter at their address of the console, as long as they are of the team", async () => {
  const otter = camp.staff("otter");
  const { topic } = await otter.api.topics.openTopic({ community, boardId: camp.board, title: "From us", text: "So" });
  const at = new Date(clock.at);
  await sql`
    insert into users (id, email, name, language, is_install_owner, created_at, updated_at)
    select user_id, 'otter@camp.example', 'otter', 'ru', true, ${at}, ${at} from hub_accounts
    where community_id = ${camp.community} and user_id is not null`.execute(databases.owner);
  const reply = async (text: string) => {
    clock.at += 1000;
    await boris.api.topics.reply({ community, topic, text });
    await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  };
  const reached = () => server.arrived.filter(({ to }) => to.includes("otter@camp.example")).length;
  await sendDigests(tools);
  await reply("First");
  await nextRound("weekly");
  expect([reached(), lastLetter().includes("From us")]).toEqual([1, true]);
  const { digest, language, hour, timeZone } = await otter.api.notices.settings({ community });
  expect([digest, language]).toEqual(["weekly", "ru"]);
  const chosen = { community, hubOff: [], mailOff: [], digest: "daily", hour, timeZone, language } as const;
  await otter.api.notices.changeSettings({ ...chosen, hubOff: [], mailOff: [] });
  await reply("Second");
  await nextRound("daily");
  expect(reached()).toBe(2);
  await sql`update users set is_install_owner = false where email = 'otter@camp.example'`.execute(databases.owner);
  await reply("Third");
  await nextRound("daily");
  expect(reached()).toBe(2);
});
