import { expect, test } from "vitest";
import { openLimits } from "#src/accounts/limits.ts";
import type { AnyJob } from "#src/base/jobs.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { sendLetter } from "#src/base/mail/post.ts";
import { newId } from "#src/base/ids.ts";
import { sql } from "kysely";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { testMailServer } from "#src/base/testing/mail-server.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const server = await testMailServer();
const mailer = openMailer({ smtpUrl: server.url, from: "Camp <team@camp.example>" });
const posted: { job: AnyJob; data: object }[] = [];
const jobs = { ...noJobs, send: async (job: AnyJob, data: object) => posted.push({ job, data }) > 0 };
/** Mail works once everybody has joined, which would otherwise take a letter each. */
const mail = { ...mailer, works: false };
const camp = await openCamp(databases, {}, { mailer: mail, jobs });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
mail.works = true;

async function deliver(): Promise<void> {
  const tools = { ...testTools, databases, mailer, jobs, signal: new AbortController().signal };
  for (const { job, data } of posted.splice(0)) if (job.name === sendLetter.name) await job.run(data, tools);
}

const waiting = async (search?: string) =>
  (await camp.team.desk.list({ community, ...(search === undefined ? {} : { search }) })).items;

test("a member writes to the team, the team answers, and the member hears of it in the hub and by mail", async () => {
  const text = "I was charged <b>twice</b>";
  const sent = await anna.send("/messages", { form: newId(Date.now()), text });
  expect(sent.location).toBe(`/c/${community}/messages?sent`);
  const [message] = await waiting();
  expect(message).toMatchObject({ name: "anna", text, state: "new", answers: [] });
  expect((await boris.page("/messages")).text).not.toContain("charged");
  const answered = await camp.team.desk.answer({ community, messageId: message?.id ?? "", text: "You have it back." });
  expect(answered).toEqual({ mailed: true });
  expect(await waiting()).toEqual([]);
  await deliver();
  expect(server.arrived[0]?.raw).toContain("You have it back.");
  expect((await anna.page("/notifications")).text).toContain("The team answered your message");
  const { text: page } = await anna.page("/messages");
  expect(page).toContain("I was charged &lt;b&gt;twice&lt;/b&gt;");
  expect(page).toContain("You have it back.");
  expect((await anna.page("")).text).toContain(">Notifications</a>");
});

test("a message sent twice comes once, and the log tells that there is one", async () => {
  const form = newId(Date.now());
  await Promise.all([1, 2, 3].map(() => boris.api.desk.write({ community, text: "Twice?", form })));
  expect(await waiting()).toHaveLength(1);
  const told = await sql`select from facts where community_id = ${camp.community} and kind = 'team.messaged'
    and payload->>'teamMessageId' = ${form}`.execute(databases.owner);
  expect(told.rows).toHaveLength(1);
  await camp.team.desk.setState({ community, messageId: form, state: "closed" });
  expect(await waiting()).toEqual([]);
  expect((await camp.team.desk.list({ community, state: "closed" })).items).toHaveLength(1);
  await camp.team.desk.setState({ community, messageId: form, state: "new" });
});

test("the team finds a message by its words or its writer, page by page, the oldest first", async () => {
  for (const text of ["100% sure", "another"]) await anna.api.desk.write({ community, text });
  expect((await waiting("100%")).map(({ text }) => text)).toEqual(["100% sure"]);
  expect((await waiting("BORIS")).map(({ text }) => text)).toEqual(["Twice?"]);
  const first = await camp.team.desk.list({ community, limit: 2 });
  const second = await camp.team.desk.list({ community, limit: 2, after: first.next ?? "" });
  expect([...first.items, ...second.items].map(({ text }) => text)).toEqual(["Twice?", "100% sure", "another"]);
  expect(second.next).toBeNull();
});

test("nobody buries the team, and whoever does not want answers by mail gets none", async () => {
  const limited = await openCamp(databases, {}, { limits: openLimits(() => 0) });
  const clara = await limited.member("clara");
  const write = () => clara.api.desk.write({ community: limited.facts.slug, text: "Again" });
  for (let n = 0; n < 5; n += 1) await write();
  await expect(write()).rejects.toMatchObject({ code: "request.too-many" });
  const { hubOff, digest, hour, timeZone, language } = await boris.api.notices.settings({ community });
  const settings = { hubOff, digest, hour, timeZone, language };
  await boris.api.notices.changeSettings({ ...settings, community, mailOff: ["team"] });
  const [message] = await waiting("boris");
  const answer = { community, messageId: message?.id ?? "", text: "Once." };
  expect(await camp.team.desk.answer(answer)).toEqual({ mailed: false });
  await boris.api.people.leave({ community });
  await expect(camp.team.desk.answer(answer)).rejects.toMatchObject({ code: "hub.writer-has-left" });
});
