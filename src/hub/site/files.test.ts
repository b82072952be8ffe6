import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { newId } from "#src/base/ids.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { tidyFilesJob } from "../uploads/tidy.ts";
import { type Guest, openCamp } from "../testing/camp.ts";
import { testPicture } from "../testing/pictures.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const guest = camp.guest();
const never = new AbortController().signal;
const SECRET = "GPS 55.75 heron@nest.example";

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
}

interface Sent {
  readonly text: string;
  readonly deed?: string;
  readonly board?: string;
  readonly files: readonly (readonly [name: string, bytes: Buffer<ArrayBuffer>])[];
}

/** Opens a topic by the form alone, with files chosen in it. */
async function post(who: Guest, { text, deed, files, board = camp.board }: Sent) {
  const { text: page } = await who.page("/new");
  const form = new FormData();
  const fields = { form: hidden(page, "form"), board, kind: "discussion", title: "With a picture", tags: "", text };
  for (const [name, value] of Object.entries({ ...fields, ...(deed === undefined ? {} : { deed }) }))
    form.set(name, value);
  for (const [name, bytes] of files) form.append("files", new Blob([bytes]), name);
  if (files.length === 0) form.append("files", new Blob([]), "");
  return who.sendFiles("/new", form);
}

const addressIn = (text: string): string => new RegExp(`/c/${community}/files/[0-9a-f-]{36}`).exec(text)?.[0] ?? "";
const topicIn = (location: string): number => Number(/\/t\/(\d+)/.exec(location)?.[1]);
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

/** A picture in a topic of its own: where it stands and where it lies. */
async function shown(who: Guest, board?: string): Promise<{ topic: number; address: string }> {
  const sent = await post(who, {
    text: "Look:",
    files: [["cup.png", testPicture()]],
    ...(board === undefined ? {} : { board }),
  });
  expect(sent.status).toBe(303);
  const topic = topicIn(sent.location);
  const { text } = await who.api.posts.source({ community, topic, number: 1 });
  return { topic, address: addressIn(text) };
}

test("a form sent with a picture ends its text with it: shown with its size, kept by browsers, and without where it was taken", async () => {
  const files = [
    ["My [best] cup.png", testPicture(300, 200, SECRET)],
    ["notes.txt", Buffer.from("two spoons")],
  ] as const;
  const sent = await post(anna, { text: "Look:", files });
  const path = sent.location.replace(`/c/${community}`, "");
  const { text } = await guest.page(path);
  const address = addressIn(text);
  expect(text).toContain(`<img src="${address}" alt="My best cup" width="300" height="200" loading="lazy" />`);
  expect(text).toMatch(/<a href="\/c\/[^"]+" rel="nofollow ugc noopener">notes\.txt \(1 kB\)<\/a>/);
  const answer = await guest.open(address);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=86400, immutable");
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const bytes = await bytesOf(answer);
  expect(bytes.equals(testPicture(300, 200))).toBe(true);
  const again = await guest.open(address, { "if-none-match": answer.headers.get("etag") ?? "" });
  expect(again.status).toBe(304);
  const file = await guest.open(/href="([^"]+)"[^>]*>notes/.exec(text)?.[1] ?? "");
  expect(file.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''notes.txt");
  expect((await bytesOf(file)).toString()).toBe("two spoons");
});

test("a file that lies about its type, or is a bomb, is left out with the reason; the text and the other files stay in the form", async () => {
  const bomb = testPicture(30_000, 30_000);
  const sent = await post(anna, {
    text: "Worth **keeping**",
    files: [
      ["cat.png", Buffer.from("<html><script>alert(1)</script>")],
      ["huge.png", bomb],
      ["good.png", testPicture()],
    ],
  });
  expect(sent.status).toBe(400);
  expect(sent.text).toContain("cat.png: hub.upload-type-lies");
  expect(sent.text).toContain("huge.png: hub.upload-too-many-pixels");
  const typed = /<textarea[^>]*>([^<]*)</.exec(sent.text)?.[1] ?? "";
  expect(typed).toContain("Worth **keeping**");
  expect(typed).toContain("![good](/c/");
  const many = await post(anna, {
    text: "Five",
    files: [1, 2, 3, 4, 5].map((n) => [`${n}.txt`, Buffer.from("x")] as const),
  });
  expect(many.text).toContain("5.txt: hub.upload-too-many");
});

test("a picture is kept while a post is looked over before it is sent, and nobody else sees it before", async () => {
  const { status, text } = await post(anna, { text: "Soon", deed: "preview", files: [["soon.png", testPicture()]] });
  expect([status, text.includes("<img src=")]).toEqual([200, true]);
  const address = addressIn(text);
  const own = await anna.open(address);
  expect([own.status, own.headers.get("cache-control"), own.headers.get("vary")]).toEqual([
    200,
    "private, no-cache",
    "Cookie",
  ]);
  expect((await boris.open(address)).status).toBe(404);
  expect((await guest.open(address)).status).toBe(404);
  // Naming somebody else's file in a post of one's own opens it to nobody.
  await boris.api.topics.openTopic({ community, boardId: camp.board, title: "Mine now", text: `![](${address})` });
  expect((await guest.open(address)).status).toBe(404);
});

test("a picture in a board for members is not there for guests, nor for the members of another community", async () => {
  const board = await camp.team.setUp.makeBoard({
    community,
    name: "Inside",
    about: "",
    access: "members",
  });
  const { topic, address } = await shown(anna, board.id);
  const answer = await boris.open(address);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-cache"]);
  const stale = { "if-none-match": answer.headers.get("etag") ?? "" };
  expect((await guest.open(address, stale)).status).toBe(404);
  const elsewhere = await openCamp(databases);
  const stranger = await elsewhere.member("anna");
  const there = address.replace(community, elsewhere.facts.slug);
  expect([(await stranger.open(address)).status, (await stranger.open(there)).status]).toEqual([404, 404]);
  // Moved to where everybody reads, it is there for everybody.
  await camp.team.moderation.arrangeTopic({ community, topic, board: camp.board });
  expect((await guest.open(address)).status).toBe(200);
});

test("a deleted post takes its files along, and so does a whole topic", async () => {
  const [one, two] = [await shown(anna), await shown(anna)];
  const form = new FormData();
  form.set("text", "Mine");
  form.set("form", newId(Date.now()));
  form.append("files", new Blob([testPicture()]), "mine.png");
  const answered = await anna.sendFiles(`/t/${two.topic}/reply`, form);
  expect(answered.location).toContain("#post-2");
  const reply = addressIn((await anna.api.posts.source({ community, topic: two.topic, number: 2 })).text);
  await anna.api.posts.remove({ community, topic: one.topic, number: 1 });
  await anna.api.posts.remove({ community, topic: two.topic, number: 1 });
  for (const address of [one.address, two.address, reply]) expect((await anna.open(address)).status).toBe(404);
  const left = await sql`
    select from hub_file_pieces where community_id = ${camp.community}
      and file_id = any(${[one.address, two.address, reply].map((address) => address.slice(-36))}::uuid[])`.execute(
    databases.owner,
  );
  expect(left.rows).toHaveLength(0);
});

test("what nothing shows for a day is thrown away; what is taken back into a post is not", async () => {
  const { topic, address } = await shown(anna);
  const change = (text: string, version: number) => anna.api.posts.edit({ community, topic, number: 1, text, version });
  const tidyAt = (now: number) =>
    tidyFilesJob.run({}, { ...testTools, databases, jobs: noJobs, signal: never, now: () => now });
  await change("No picture", 1);
  expect((await guest.open(address)).status).toBe(404);
  await change(`Again ![](${address})`, 2);
  const tomorrow = Date.now() + 25 * 3_600_000;
  await tidyAt(tomorrow);
  expect((await guest.open(address)).status).toBe(200);
  await change("No picture", 3);
  await tidyAt(Date.now());
  expect((await anna.open(address)).status).toBe(200);
  await tidyAt(tomorrow);
  expect((await anna.open(address)).status).toBe(404);
});

test("whoever has filled their room is told so, and others still have theirs", async () => {
  const clara = await camp.member("clara");
  await sql`
    insert into hub_files (community_id, id, member_id, purpose, name, type, size, made_at)
    values (${camp.community}, gen_random_uuid(), ${clara.memberId}, 'post', 'a', 'file', ${200 * 1024 ** 2 - 10}, now())`.execute(
    databases.owner,
  );
  expect((await post(clara, { text: "More", files: [["a.txt", Buffer.from("eleven bytes")]] })).text).toContain(
    "hub.upload-member-full",
  );
  expect((await post(boris, { text: "More", files: [["a.txt", Buffer.from("eleven bytes")]] })).status).toBe(303);
});

test("a program of a page sends files alone and is told how each stands in a text", async () => {
  const form = new FormData();
  form.append("files", new Blob([testPicture()]), "a.png");
  form.append("files", new Blob(["MZ\u0090\u0000"]), "b.exe");
  const answer = await anna.sendFiles("/files", form);
  expect(answer.status).toBe(201);
  expect(JSON.parse(answer.text)).toMatchObject({
    items: [{ name: "a.png", width: 3, height: 2, markdown: expect.stringMatching(/^!\[a\]\(\/c\//) }],
    refused: [{ name: "b.exe", code: "hub.upload-type-unknown" }],
  });
  expect((await guest.sendFiles("/files", form)).status).toBe(401);
});
