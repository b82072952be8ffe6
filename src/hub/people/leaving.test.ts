import { sql } from "kysely";
import { expect, test } from "vitest";
import { openMailer } from "#src/base/mail/mailer.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { keptJobs, testTools } from "#src/base/testing/jobs.ts";
import { testMailServer } from "#src/base/testing/mail-server.ts";
import { dueReaders } from "../notices/digest.ts";
import { enrolReaders } from "../notices/settings.ts";
import { overdueLeavings, putLeavingOff } from "../store/leavings.ts";
import { openCamp, PASSWORD } from "../testing/camp.ts";
import { finishLeavings } from "./finish-leavings.ts";

const databases = await testDatabase();
const jobs = keptJobs();
const server = await testMailServer();
const camp = await openCamp(databases, { directory: "everyone" }, { jobs });
const { slug: community } = camp.facts;
const guest = camp.guest();
const NO_ID = "00000000-0000-0000-0000-000000000000";
const boris = await camp.member("boris");
const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });

const going = { ...testTools, databases, signal: new AbortController().signal };

/** Does what was sent to be done in the background; `signal` stops it as a process that ends does. */
function work(signal: Pick<AbortSignal, "aborted"> = going.signal): Promise<void> {
  // Nothing but `aborted` is asked of the signal here.
  return jobs.work({ ...going, signal: signal as AbortSignal });
}

/** What happens every hour. */
async function finish(signal?: Pick<AbortSignal, "aborted">): Promise<void> {
  await finishLeavings.run({}, { ...going, jobs });
  await work(signal);
}

async function daysPass(memberId: string): Promise<void> {
  await sql`update hub_accounts set grace_until = now() - interval '1 minute'
    where community_id = ${camp.community} and member_id = ${memberId}`.execute(databases.owner);
}

async function topicOf(who: typeof boris, title: string): Promise<number> {
  const wish = { community, boardId: camp.board, kind: "question", title, text: `Text of ${title}` } as const;
  return (await who.api.topics.openTopic(wish)).topic;
}

const reply = async (who: typeof boris, topic: number, text: string) =>
  (await who.api.topics.reply({ community, topic, text })).number;
const postsOf = async (topic: number) =>
  (await guest.api.topics.topic({ community, topic })).items.map(({ html, isDeleted, author }) => [
    html.trim(),
    isDeleted,
    author.name,
  ]);
const accountOf = async (typed: string) => (await camp.team.setUp.accounts({ community, typed })).items[0];

/** How many deleted posts of somebody could be brought back by their text. */
async function keptTexts(memberId: string): Promise<number> {
  const found = await sql`select from deleted_messages where community_id = ${camp.community} and content is not null
    and member_id = ${memberId}`.execute(databases.owner);
  return found.rows.length;
}

/** Signs somebody in with another browser than the one they left by. */
async function signedIn(email: string) {
  const browser = camp.guest();
  await browser.api.people.signIn({ community, email, password: PASSWORD });
  return browser;
}

test("whoever leaves is a stranger at once, and within two weeks signing in as before offers to stay as they were", async () => {
  const anna = await camp.member("anna");
  const topic = await topicOf(anna, "Staying");
  await anna.api.posts.bookmark({ community, topic, number: 1, isOn: true });
  await databases.asOwner((tx) => enrolReaders(tx, camp.community, { facts: camp.facts, now: Date.now() }));
  await sql`update hub_notice_settings s set next_at = now() - interval '1 minute' from hub_accounts a
    where a.id = s.account_id and a.member_id = ${anna.memberId}`.execute(databases.owner);
  expect((await anna.page("/me/leave")).text).toMatch(/until \d+ \w+ 2\d{3}.*Delete them/s);
  expect((await anna.send("/leave", { wrote: "deleted" })).location).toMatch(/\/left$/);
  await expect(reply(anna, topic, "Still here")).rejects.toEqual(code("sign-in-first"));
  expect((await guest.page("/people")).text).not.toContain("anna");
  const letters = await dueReaders(databases.owner, camp.community, { now: Date.now(), after: NO_ID, limit: 10 });
  expect(letters.map(({ email }) => email)).toEqual([null]);
  expect((await accountOf("anna"))?.leavingAt).not.toBeNull();
  const profile = await guest.page(`/people/${anna.memberId}`);
  expect([profile.text.includes("has left"), profile.text.includes("Staying")]).toEqual([true, false]);
  await finish();
  expect((await guest.page(`/t/${topic}`)).status).toBe(410);
  const back = await signedIn(anna.email);
  expect(await back.page("")).toMatchObject({ status: 303, location: expect.stringMatching(/\/leaving$/) });
  expect((await back.page("/me")).location).toMatch(/\/leaving$/);
  await expect(back.api.topics.reply({ community, topic, text: "Hm" })).rejects.toEqual(code("leaving-first"));
  expect((await back.page("/leaving")).text).toMatch(/You are leaving on .*your posts are deleted/s);
  await back.send("/leaving", {});
  await work();
  expect((await back.page("/me")).text).toContain("Staying");
  expect(await postsOf(topic)).toEqual([["<p>Text of Staying</p>", false, "anna"]]);
  expect([(await accountOf("anna"))?.leavingAt, (await guest.page("/people")).text.includes("anna")]).toEqual([
    null,
    true,
  ]);
  await expect(back.api.people.stay({ community })).rejects.toEqual(code("not-leaving"));
  const told = await sql<{ kind: string }>`
    select kind from facts where community_id = ${camp.community} and payload->>'memberId' = ${anna.memberId}
      and kind like 'member.%' order by seq`.execute(databases.owner);
  expect(told.rows.map(({ kind }) => kind)).toEqual(["member.joined", "member.left", "member.joined"]);
});

test("whoever goes on leaving is a guest again, and a link that the team makes lets them decide anew", async () => {
  const dora = await camp.member("dora");
  await dora.api.people.leave({ community });
  const once = await signedIn(dora.email);
  await once.send("/sign-out", {});
  expect((await once.page("")).status).toBe(200);
  const { accountId = "" } = (await accountOf("dora")) ?? {};
  const { link } = await camp.team.setUp.makePasswordLink({ community, accountId });
  const later = camp.guest();
  await later.send(new URL(link).pathname.replace(/^\/c\/[^/]+/, ""), { password: "another password of hers" });
  expect((await later.page("/topics")).location).toMatch(/\/leaving$/);
  await later.api.people.stay({ community });
  expect((await later.api.people.hub({ community })).you?.name).toBe("dora");
});

test("when the days are over what was written goes for good, and what others wrote around it stays", async () => {
  const clara = await camp.member("clara");
  const alone = await topicOf(clara, "Alone");
  const talked = await topicOf(clara, "Talked about");
  await reply(boris, talked, "Others read this");
  const asked = await topicOf(boris, "Asked");
  const answer = await reply(clara, asked, "The answer");
  await boris.api.topics.accept({ community, topic: asked, number: answer });
  const rash = await reply(clara, asked, "Rash");
  await clara.api.posts.remove({ community, topic: asked, number: rash });
  await clara.api.people.leave({ community, wrote: "deleted" });
  await daysPass(clara.memberId);
  await expect(signedIn(clara.email)).rejects.toEqual(code("wrong-password"));
  await finish();
  expect((await guest.page(`/t/${alone}`)).status).toBe(410);
  expect(await postsOf(talked)).toEqual([
    ["", true, "A former member"],
    ["<p>Others read this</p>", false, "boris"],
  ]);
  expect((await guest.page(`/t/${talked}-talked-about`)).text).toContain("Talked about");
  expect(await guest.api.topics.topic({ community, topic: asked })).toMatchObject({ answer: null, posts: 1 });
  await expect(camp.team.moderation.restore({ community, topic: talked, number: 1 })).rejects.toEqual(
    code("nothing-kept"),
  );
  const rows = async () => {
    const found = await sql<{ deleted: number; head: number }>`
      select count(*) filter (where kind = 'message.deleted' and payload->>'memberId' = ${clara.memberId})::int as deleted,
        max(seq)::int as head from facts where community_id = ${camp.community}`.execute(databases.owner);
    return { ...found.rows[0], kept: await keptTexts(clara.memberId) };
  };
  const after = await rows();
  expect(after).toMatchObject({ deleted: 4, kept: 0 });
  await finish();
  expect(await rows()).toEqual(after);
  await camp.member("clara");
});

test("a finishing that is stopped in the middle lets nobody back in, and the next one ends it", async () => {
  const fedor = await camp.member("fedor");
  const topic = await topicOf(fedor, "Stopped");
  await reply(boris, topic, "Here");
  await fedor.api.people.leave({ community, wrote: "deleted" });
  await work();
  await daysPass(fedor.memberId);
  await finish({ aborted: true });
  expect((await postsOf(topic))[0]).toEqual(["", true, "A former member"]);
  expect(await keptTexts(fedor.memberId)).toBe(1);
  await expect(signedIn(fedor.email)).rejects.toEqual(code("wrong-password"));
  await finish();
  expect(await keptTexts(fedor.memberId)).toBe(0);
});

test("what somebody wants deleted is hidden at once and offered to nobody, and comes back with them as it was", async () => {
  const ivan = await camp.member("ivan");
  const [own, asked] = [await topicOf(ivan, "Of his own"), await topicOf(boris, "Asked again")];
  const answer = await reply(ivan, asked, "The **best** answer");
  await boris.api.topics.accept({ community, topic: asked, number: answer });
  await boris.api.posts.react({ community, topic: asked, number: answer, mark: "🎉", isOn: true });
  const rash = await reply(ivan, asked, "Rash");
  await ivan.api.posts.remove({ community, topic: asked, number: rash });
  const shown = async () => (await guest.api.topics.topic({ community, topic: asked })).items;
  const [before, deletions] = [await shown(), (await camp.team.moderation.deleted({ community })).items.length];
  await ivan.api.people.leave({ community, wrote: "deleted" });
  await work();
  expect([(await guest.page(`/t/${own}`)).status, (await postsOf(asked)).map(([html]) => html)]).toEqual([
    410,
    ["<p>Text of Asked again</p>", "", ""],
  ]);
  expect((await camp.team.moderation.deleted({ community })).items).toHaveLength(deletions);
  await expect(camp.team.moderation.restore({ community, topic: asked, number: answer })).rejects.toEqual(
    code("nothing-kept"),
  );
  const into = await topicOf(boris, "Gathered");
  const { id: moveId } = await camp.team.moderation.mergeTopic({ community, topic: asked, into });
  const back = await signedIn(ivan.email);
  await back.api.people.stay({ community });
  await work();
  expect((await postsOf(into)).map(([html]) => html)).toContain("<p>The <strong>best</strong> answer</p>");
  await camp.team.moderation.undoMove({ community, moveId });
  const bare = (posts: typeof before) =>
    posts.map(({ html, reactions, isDeleted }) => ({ html, reactions, isDeleted }));
  expect(bare(await shown())).toEqual(bare(before));
  expect(await postsOf(own)).toEqual([["<p>Text of Of his own</p>", false, "ivan"]]);
});

test("an answer that went with its author is accepted again when they stay, and what the team deleted meanwhile is not back", async () => {
  const olga = await camp.member("olga");
  const [asked, gone] = [await topicOf(boris, "Waiting"), await topicOf(boris, "Deleted meanwhile")];
  const answer = await reply(olga, asked, "Yes");
  await boris.api.topics.accept({ community, topic: asked, number: answer });
  await reply(olga, gone, "Here too");
  await olga.api.people.leave({ community, wrote: "deleted" });
  await work();
  expect((await guest.api.topics.topic({ community, topic: asked })).answer).toBeNull();
  await boris.api.posts.remove({ community, topic: gone, number: 1 });
  const back = await signedIn(olga.email);
  await back.api.people.stay({ community });
  await work();
  expect((await guest.api.topics.topic({ community, topic: asked })).answer).toBe(answer);
  expect((await guest.page(`/t/${gone}`)).status).toBe(410);
  await camp.team.moderation.restore({ community, topic: gone, number: 1 });
  expect((await postsOf(gone)).map(([html]) => html)).toEqual(["<p>Text of Deleted meanwhile</p>", "<p>Here too</p>"]);
});

test("the last letter goes when the account is closed, in its reader's language, and waits for a mail server that is away", async () => {
  const kira = await camp.member("kira");
  await databases.asOwner((tx) => enrolReaders(tx, camp.community, { facts: camp.facts, now: Date.now() }));
  await sql`update hub_notice_settings s set language = 'ru' from hub_accounts a
    where a.id = s.account_id and a.member_id = ${kira.memberId}`.execute(databases.owner);
  await kira.api.people.leave({ community });
  await daysPass(kira.memberId);
  const away = openMailer({ smtpUrl: "smtp://127.0.0.1:1", from: "team@camp.example" });
  await finishLeavings.run({}, { ...going, jobs });
  await jobs.work({ ...going, mailer: away });
  await expect(signedIn(kira.email)).rejects.toEqual(code("wrong-password"));
  const [waiting] = await jobs.failed({ after: undefined, limit: 10 });
  expect([waiting?.job, server.arrived]).toEqual(["mail.send", []]);
  await jobs.settleFailed([waiting?.id ?? ""], "again");
  await jobs.work({ ...going, mailer: openMailer({ smtpUrl: server.url, from: "team@camp.example" }) });
  expect(server.arrived.map(({ to }) => to)).toEqual([[kira.email]]);
  expect(server.arrived[0]?.raw).toMatch(/lang=(3D)?"ru"/);
  await finish();
  expect(server.arrived).toHaveLength(1);
});

test("a leaving that fails keeps no other waiting, is told by itself, and is tried again in the next hour", async () => {
  const [lena, mark] = [await camp.member("lena"), await camp.member("mark")];
  for (const one of [lena, mark]) {
    await one.api.people.leave({ community });
    await daysPass(one.memberId);
  }
  await sql`create function stumble() returns trigger language plpgsql as 'begin raise exception ''planted''; end'`.execute(
    databases.owner,
  );
  await sql`create trigger stumble before update on hub_accounts for each row
    when (old.name_key = 'lena') execute function stumble()`.execute(databases.owner);
  await finish();
  await expect(signedIn(mark.email)).rejects.toEqual(code("wrong-password"));
  const stuck = async () =>
    (await jobs.failed({ after: undefined, limit: 10 })).map(({ job, content }) => [job, content["accountId"]]);
  const left = async () => (await overdueLeavings(databases.owner, Date.now())).map(({ id }) => id);
  const [id] = await left();
  await finish();
  expect([await stuck(), await left()]).toEqual([[["hub.finish-leaving", id]], [id]]);
  await sql`drop trigger stumble on hub_accounts`.execute(databases.owner);
  await finish();
  expect([await stuck(), await left()]).toEqual([[], []]);
});

test("after a restore an owner decides about each leaving that is overdue, and one that is passed over can be taken back", async () => {
  const gleb = await camp.member("gleb");
  await gleb.api.people.leave({ community, wrote: "unnamed" });
  await daysPass(gleb.memberId);
  const now = Date.now();
  const [overdue] = await overdueLeavings(databases.owner, now);
  expect(overdue?.content).toEqual({ community: camp.community });
  await databases.asOwner((tx) => putLeavingOff(tx, overdue?.id ?? "", now));
  expect(await overdueLeavings(databases.owner, now)).toEqual([]);
  await finish();
  const back = await signedIn(gleb.email);
  await back.api.people.stay({ community });
  expect((await back.api.people.hub({ community })).you?.name).toBe("gleb");
});

test("whoever was erased is a former member wherever a name stands, and their name leads nowhere", async () => {
  const zoya = await camp.member("zoya");
  const topic = await topicOf(zoya, "Erased");
  await reply(boris, topic, "Who was that?");
  await sql`delete from hub_accounts where member_id = ${zoya.memberId}`.execute(databases.owner);
  await sql`update members set name = '', erased_at = now() where id = ${zoya.memberId}`.execute(databases.owner);
  const { text } = await guest.page(`/t/${topic}-erased`);
  expect(text).toContain('"author":{"@type":"Person","name":"A former member"}');
  expect(text).toContain("<b>A former member</b>");
  for (const path of [`/t/${topic}-erased`, "/topics", ""])
    expect((await guest.page(path)).text).not.toContain(zoya.memberId);
  expect((await guest.page("/feed.xml")).text).toContain("<dc:creator>A former member</dc:creator>");
});
