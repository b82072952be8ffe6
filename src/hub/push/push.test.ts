import { sql } from "kysely";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { AnyJob, JobTools } from "#src/base/jobs.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { hubNotices } from "../reactions.ts";
import { openCamp } from "../testing/camp.ts";
import { openPushService, type TestBrowser } from "../testing/push-service.ts";
import { deliver, deliverySchema, sendPush } from "./deliver.ts";
import { overdueNews, skipNews } from "./due.ts";
import { isQuiet } from "./quiet.ts";
import { tellNews } from "./tell-news.ts";

const databases = await testDatabase();
const service = await openPushService();
afterAll(() => service.stop());

/** Noon, in nobody's quiet hours. */
const clock = { at: Math.floor(Date.now() / 86_400_000) * 86_400_000 + 12 * 3_600_000 };
const waiting: { job: AnyJob; data: object }[] = [];
const tools: JobTools = {
  ...testTools,
  databases,
  now: () => clock.at,
  signal: new AbortController().signal,
  jobs: { ...noJobs, send: async (job, data) => waiting.push({ job, data }) > 0 },
};
const camp = await openCamp(databases, {}, { now: () => clock.at });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const usual = { hubOff: [], mailOff: [], digest: "off", hour: 9, timeZone: "UTC", language: "en" } as const;
const choose = (more: object = {}) =>
  anna.api.notices.changeSettings({ community, ...usual, hubOff: [], mailOff: [], ...more });

/** What waits is handed over, as the queue would do; how often that was refused for now. */
async function deliverAll(): Promise<number> {
  const tries = waiting.splice(0).filter(({ job }) => job.name === sendPush.name);
  const done = await Promise.allSettled(
    tries.map(({ data }) => deliver(tools, service.outside, deliverySchema.parse(data))),
  );
  return done.filter(({ status }) => status === "rejected").length;
}

async function tell(): Promise<number> {
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await tellNews(tools);
  return deliverAll();
}

/** Boris calls Anna by name in a topic of his. */
async function callAnna(title: string, boardId = camp.board): Promise<number> {
  clock.at += 1000;
  return (await boris.api.topics.openTopic({ community, boardId, kind: "discussion", title, text: "@anna, look" }))
    .topic;
}

async function addBrowser(): Promise<TestBrowser & { id: string }> {
  const browser = service.browser();
  const { id } = await anna.api.notices.addDevice({ community, ...browser.subscription });
  return Object.assign(browser, { id });
}

const deviceIds = async () => (await anna.api.notices.devices({ community })).items.map(({ id }) => id);

beforeEach(async () => {
  service.status = 201;
  await tell();
  await anna.api.notices.read({ community });
  for (const id of await deviceIds()) await anna.api.notices.removeDevice({ community, id });
  await choose();
});

test("quiet hours may go over midnight, are those of the member's clock, and the same hour twice is none", () => {
  const quietAt = (time: string, [quietFrom, quietTo]: readonly [number, number], timeZone = "UTC"): boolean =>
    isQuiet(Date.parse(`2026-11-22T${time}Z`), { quietFrom, quietTo, timeZone });
  expect(["21:59", "22:00", "03:00", "07:59", "08:00"].map((at) => quietAt(at, [22, 8]))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(["12:59", "13:00", "14:59", "15:00"].map((at) => quietAt(at, [13, 15]))).toEqual([false, true, true, false]);
  expect([quietAt("20:30", [22, 8], "Europe/Moscow"), quietAt("06:30", [22, 8], "Europe/Moscow")]).toEqual([
    true,
    false,
  ]);
  expect(quietAt("07:00", [7, 7])).toBe(false);
});

test("a member who is called by name is told on each device, encrypted for it and signed by this install, once", async () => {
  const [phone, laptop] = [await addBrowser(), await addBrowser()];
  const topic = await callAnna("Which kettle?");
  expect(await tell()).toBe(0);
  await tell();
  const url = `/c/${community}/t/${topic}-which-kettle#post-1`;
  for (const { shown } of [phone, laptop])
    expect(shown).toMatchObject([{ title: expect.stringContaining("boris"), body: "Which kettle?", url, lang: "en" }]);
  const [message] = service.delivered.slice(-2);
  await callAnna("And which tea?");
  await tell();
  expect(phone.shown.map(({ body }) => body)).toEqual(["Which kettle?", "And which tea?"]);
  expect(message).toMatchObject({ isSigned: true, headers: { ttl: "43200", urgency: "high" } });
  expect(message?.headers["topic"]).toMatch(/^[\w-]{32}$/);
  expect(message?.body.includes("kettle")).toBe(false);
  const { items } = await anna.api.notices.devices({ community });
  expect(items.map(({ toldAt, failure }) => [toldAt !== null, failure])).toEqual([
    [true, null],
    [true, null],
  ]);
});

test("what came before a device was added, what was read and what its owner does not want to hear there stays silent", async () => {
  await callAnna("Before");
  await tell();
  const phone = await addBrowser();
  const read = await callAnna("Read at once");
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await anna.page(`/t/${read}`);
  await tell();
  await choose({ pushOff: ["mention"] });
  await callAnna("Not wanted");
  await tell();
  expect(phone.shown).toEqual([]);
  // Read between the decision and the sending: it is looked at once more.
  await choose();
  const late = await callAnna("Read while it was on its way");
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await tellNews(tools);
  await anna.page(`/t/${late}`);
  await deliverAll();
  expect(phone.shown.map(({ body }) => body)).toEqual(["Not wanted"]);
});

test("nothing rings in quiet hours by the member's clock; what came is one message when they end", async () => {
  const phone = await addBrowser();
  const hour = new Date(clock.at).getUTCHours();
  await choose({ quietFrom: hour, quietTo: (hour + 2) % 24 });
  for (const title of ["One thing", "Another thing"]) await callAnna(title);
  await tell();
  expect(phone.shown).toEqual([]);
  clock.at += 2 * 3_600_000;
  await tell();
  await tell();
  expect(phone.shown).toMatchObject([
    { title: "2 new things concern you", url: `/c/${community}/notifications?view=unread` },
  ]);
});

test("a message that is tried again in quiet hours waits for their end, and more than three at once are one", async () => {
  const phone = await addBrowser();
  await callAnna("On the way");
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await tellNews(tools);
  const hour = new Date(clock.at).getUTCHours();
  await choose({ quietFrom: hour, quietTo: (hour + 1) % 24 });
  await deliverAll();
  expect(phone.shown).toEqual([]);
  await choose();
  for (const title of ["Two of four", "Three of four", "Four of four"]) await callAnna(title);
  await tell();
  expect(phone.shown.map(({ title }) => title)).toEqual(["4 new things concern you"]);
});

test("of a closed board a device says neither names nor words, and nothing at all to those who may not read it any more", async () => {
  const phone = await addBrowser();
  const wish = { community, name: "Kitchen", about: "", access: "members" } as const;
  const { id: boardId } = await camp.team.setUp.makeBoard(wish);
  const topic = await callAnna("The secret recipe", boardId);
  await tell();
  const said = {
    title: "Something new for you in a closed board",
    body: camp.facts.name,
    url: `/c/${community}/t/${topic}#post-1`,
  };
  expect(phone.shown).toMatchObject([said]);
  await boris.api.topics.reply({ community, topic, text: "Sugar" });
  await anna.api.topics.follow({ community, topic, following: "follow" });
  await boris.api.topics.reply({ community, topic, text: "Honey" });
  await tell();
  expect(phone.shown.at(-1)).toMatchObject({ title: "New reply in a closed board", body: camp.facts.name });
  await callAnna("On its way when the board is closed", boardId);
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await tellNews(tools);
  await camp.team.setUp.changeBoard({ community, boardId, isArchived: true });
  await deliverAll();
  await camp.team.setUp.changeBoard({ community, boardId, isArchived: false });
  const deleted = await callAnna("Deleted at once");
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await boris.api.posts.remove({ community, topic: deleted, number: 1 });
  await tellNews(tools);
  await deliverAll();
  expect(phone.shown.map(({ title }) => title)).not.toContain("boris mentioned you");
  expect(JSON.stringify(phone.shown)).not.toMatch(/recipe|On its way|Deleted|Sugar|Honey/);
});

test("what is new is told at once: the job is woken once it is written, where anybody has a device", async () => {
  const wakes = () => hubNotices.wakes?.(tools, camp.community);
  await wakes();
  expect(waiting).toEqual([]);
  await addBrowser();
  await callAnna("Quickly");
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await wakes();
  expect(waiting.splice(0).map(({ job, data }) => [job.name, data])).toEqual([
    ["hub.tell-devices", { community: camp.community }],
  ]);
});

test("a service that is busy is asked again, what it refuses is shown, and a browser that is gone is forgotten", async () => {
  const phone = await addBrowser();
  service.status = 503;
  await callAnna("Busy");
  expect(await tell()).toBe(1);
  expect((await anna.page("/notifications/settings")).text).toContain("did not arrive (503)");
  service.status = 403;
  await callAnna("Refused");
  expect(await tell()).toBe(0);
  expect((await anna.api.notices.devices({ community })).items[0]?.failure).toBe("403");
  service.status = 410;
  await callAnna("Gone");
  expect(await tell()).toBe(0);
  expect(await deviceIds()).toEqual([]);
  expect(phone.shown).toEqual([]);
});

test("a push service inside this network is not asked, whatever a member says", async () => {
  const browser = await addBrowser();
  await callAnna("Inside");
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  await tellNews(tools);
  const [one] = waiting.splice(0);
  await sendPush.run(one?.data, tools);
  // 127.0.0.1 and a port of its own: refused before anything is sent.
  expect((await anna.api.notices.devices({ community })).items[0]?.failure).toBe("address");
  expect(browser.shown).toEqual([]);
  const wrong = { community, p256dh: browser.subscription.p256dh, auth: browser.subscription.auth };
  for (const endpoint of ["http://push.example/a", "ftp://push.example/a", "push"])
    await expect(anna.api.notices.addDevice({ ...wrong, endpoint })).rejects.toThrow("request.invalid");
  const noPoint = { ...wrong, endpoint: "https://push.example/a", p256dh: "B".repeat(87) };
  await expect(anna.api.notices.addDevice(noPoint)).rejects.toThrow("request.invalid");
});

test("signing out, leaving and another member in the same browser end it; only its owner removes a device", async () => {
  const browser = await addBrowser();
  await anna.api.notices.addDevice({ community, ...browser.subscription });
  expect(await deviceIds()).toHaveLength(1);
  const dora = await camp.member("dora");
  await expect(dora.api.notices.removeDevice({ community, id: browser.id })).rejects.toThrow("hub.no-such-device");
  await dora.api.notices.addDevice({ community, ...browser.subscription });
  expect(await deviceIds()).toEqual([]);
  await dora.api.people.signOut({ community });
  const left = async (): Promise<number> =>
    (await sql`select from hub_push_devices where community_id = ${camp.community}`.execute(databases.owner)).rows
      .length;
  expect(await left()).toBe(0);
  const egor = await camp.member("egor");
  await egor.api.notices.addDevice({ community, ...service.browser().subscription });
  expect(await left()).toBe(1);
  await egor.api.people.leave({ community });
  expect(await left()).toBe(0);
});

test("addresses of browsers lie sealed, ten are kept at most, and the page lists them with a form to remove each", async () => {
  for (let n = 0; n < 10; n += 1) await addBrowser();
  await expect(anna.api.notices.addDevice({ community, ...service.browser().subscription })).rejects.toThrow(
    "hub.push-full",
  );
  const kept = await sql<{ text: string }>`
    select string_agg(d::text, ' ') || (select string_agg(k::text, ' ') from push_keys k) as text
    from hub_push_devices d where community_id = ${camp.community}`.execute(databases.owner);
  expect(kept.rows[0]?.text).not.toMatch(/127\.0\.0\.1|push\//);
  const [first = ""] = await deviceIds();
  const { text } = await anna.page("/notifications/settings");
  expect(text).toContain(`name="device" value="${first}"`);
  expect(text).toMatch(/id="push"[^>]*data-key="B[\w-]{86}"/);
  expect((await anna.send("/notifications/devices/remove", { device: first })).status).toBe(303);
  expect(await deviceIds()).not.toContain(first);
  const worker = await anna.page("/push-worker.js");
  expect(worker.text).toContain('addEventListener("push"');
  expect(worker.text).not.toContain("fetch");
});

test("after a restore a person decides whether what waited is told", async () => {
  const phone = await addBrowser();
  await callAnna("Before the backup");
  await readLog(databases, hubNotices, { community: camp.community, holder: newHolder() });
  expect(await overdueNews(databases.owner, clock.at)).toEqual([
    { id: camp.community, content: { community: camp.community } },
  ]);
  await databases.asOwner((tx) => skipNews(tx, camp.community));
  await tell();
  expect(phone.shown).toEqual([]);
});
