import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { keptJobs, testTools } from "#src/base/testing/jobs.ts";
import { type Guest, openCamp, PASSWORD } from "../testing/camp.ts";
import { finishLeavings } from "../people/finish-leavings.ts";
import { testPicture } from "../testing/pictures.ts";

const databases = await testDatabase();
const camp = await openCamp(databases, { directory: "everyone" });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const guest = camp.guest();
const { topic } = await anna.api.topics.openTopic({
  community,
  boardId: camp.board,
  title: "Which water?",
  text: "Soft water, surely",
});

async function set(who: Guest, bytes: Buffer<ArrayBuffer>, name = "me.png") {
  const form = new FormData();
  form.append("face", new Blob([bytes]), name);
  return who.sendFiles("/me/face", form);
}

const facesIn = (text: string): string[] =>
  Array.from(text.matchAll(/<img class="face[^"]*" src="([^"]+)"/g), ([, address]) => address ?? "");
const faceOn = async (who: Guest, path: string): Promise<string | undefined> => facesIn((await who.page(path)).text)[0];
const sizeOf = async (answer: Response) => {
  const bytes = Buffer.from(await answer.arrayBuffer());
  return [bytes.toString("latin1", 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

test("a member's picture stands as a small square beside what they write, on their page and in the list, and another one has another address", async () => {
  const before = await guest.page(`/t/${topic}-which-water`);
  expect(before.text).toMatch(/<span class="initial t[0-5]" aria-hidden="true">A<\/span>/);
  expect((await set(anna, testPicture(300, 200, "GPS 55.75"))).text).toContain("This is your picture now.");
  const small = (await faceOn(guest, `/t/${topic}-which-water`)) ?? "";
  expect((await guest.page(`/t/${topic}-which-water`)).text).toContain(
    `<img class="face" src="${small}" width="32" height="32" alt="" loading="lazy" decoding="async">`,
  );
  const answer = await guest.open(small);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=2592000, immutable");
  expect(await sizeOf(answer)).toEqual(["PNG", 96, 96]);
  const large = (await faceOn(guest, `/people/${anna.memberId}`)) ?? "";
  expect(await sizeOf(await guest.open(large))).toEqual(["PNG", 256, 256]);
  expect(await faceOn(guest, "/people")).toBe(small);
  await set(anna, testPicture(30, 40));
  const next = await faceOn(guest, `/t/${topic}-which-water`);
  expect([next === small, (await guest.open(small)).status, (await guest.open(next ?? "")).status]).toEqual([
    false,
    404,
    200,
  ]);
});

test("a file that only begins like a picture, or is something else, changes nothing and says what to do", async () => {
  const stands = await faceOn(anna, "/me");
  const broken = testPicture(30, 40);
  broken.fill(0x55, 0x2c, 0x30);
  const tried = [
    await set(anna, Buffer.from("<html><script>alert(1)</script>"), "me.png"),
    await set(anna, Buffer.from("notes"), "me.txt"),
    await set(anna, broken),
    await set(anna, testPicture(6000, 6000)),
    await set(anna, Buffer.alloc(0), ""),
  ].map(({ status, text }) => [status, /(?:hub\.[a-z-]+)|No picture was chosen/.exec(text)?.[0]]);
  expect(tried).toEqual([
    [400, "hub.upload-type-lies"],
    [400, "hub.face-format"],
    [400, "hub.upload-broken"],
    [400, "hub.face-too-many-pixels"],
    [400, "No picture was chosen"],
  ]);
  expect(await faceOn(anna, "/me")).toBe(stands);
});

test("where guests may not read, they are not shown faces either", async () => {
  const address = (await faceOn(guest, "/people")) ?? "";
  await camp.team.setUp.change({ community, reading: "members" });
  expect((await guest.open(address)).status).toBe(404);
  const own = await anna.open(address);
  expect([own.status, own.headers.get("cache-control")]).toEqual([200, "private, max-age=3600"]);
  await camp.team.setUp.change({ community, reading: "everyone" });
});

test("a moderator takes a member's picture away, and no other member can", async () => {
  const boris = await camp.member("boris");
  const address = (await faceOn(guest, "/people")) ?? "";
  const path = `/people/${anna.memberId}/face/remove`;
  expect((await boris.send(path, {})).status).not.toBe(200);
  expect((await boris.page(`/people/${anna.memberId}`)).text).not.toContain(path);
  expect((await guest.open(address)).status).toBe(200);
  const vera = camp.staff("vera");
  expect((await vera.page(`/people/${anna.memberId}`)).text).toContain(path);
  expect((await vera.send(path, {})).text).toContain("The picture is removed.");
  expect([(await guest.open(address)).status, await faceOn(guest, `/t/${topic}-which-water`)]).toEqual([
    404,
    undefined,
  ]);
});

test("whoever takes their picture away or has left for good takes every size of it along", async () => {
  const left = async () =>
    (
      await sql`select from hub_files where community_id = ${camp.community} and purpose = 'avatar'`.execute(
        databases.owner,
      )
    ).rows.length;
  await set(anna, testPicture());
  expect(await left()).toBe(2);
  expect((await anna.send("/me/face/remove", {})).text).toContain("The picture is removed.");
  expect(await left()).toBe(0);
  await set(anna, testPicture());
  const face = (await faceOn(guest, `/t/${topic}-which-water`)) ?? "";
  await anna.api.people.leave({ community });
  const seen = async () => [(await guest.open(face)).status, await faceOn(guest, `/t/${topic}-which-water`)];
  expect(await seen()).toEqual([404, undefined]);
  const back = camp.guest();
  await back.api.people.signIn({ community, email: anna.email, password: PASSWORD });
  await back.api.people.stay({ community });
  expect(await seen()).toEqual([200, face]);
  await back.api.people.leave({ community });
  expect(await left()).toBe(0);
  await sql`update hub_accounts set grace_until = now() - interval '1 minute'
    where community_id = ${camp.community} and member_id = ${anna.memberId}`.execute(databases.owner);
  const jobs = keptJobs();
  const tools = { ...testTools, databases, signal: new AbortController().signal };
  await finishLeavings.run({}, { ...tools, jobs });
  await jobs.work(tools);
  const kept = sql`select from hub_files where community_id = ${camp.community}`.execute(databases.owner);
  expect([(await kept).rows, await faceOn(guest, `/t/${topic}-which-water`)]).toEqual([[], undefined]);
});
