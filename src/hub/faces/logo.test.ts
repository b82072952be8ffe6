import { createRouterClient } from "@orpc/server";
import { expect, test } from "vitest";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { communityBySlug } from "#src/communities/queries.ts";
import { hubApi } from "../api.ts";
import { openCamp } from "../testing/camp.ts";
import { testPicture } from "../testing/pictures.ts";
import { LOGO_BYTES } from "../theme/model.ts";
import { tidyFilesJob } from "../uploads/tidy.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const guest = camp.guest();

const set = (bytes: Buffer, name = "logo.png") =>
  camp.team.setUp.setLogo({ community, name, picture: bytes.toString("base64") });
const sizeIn = (bytes: Buffer) => [bytes.toString("latin1", 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
const bytesAt = async (address: string) => Buffer.from(await (await guest.open(address)).arrayBuffer());
const statusAt = async (address: string) => (await guest.open(address)).status;
const first = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? "";

/** What a page says of the logo: the picture in its header, its icons, and its picture for links. */
async function shownOn(path: string) {
  const { text } = await guest.page(path);
  return {
    header: first(text, /<a class="brand"[^>]*><img src="([^"]+)" width="64" height="32" alt="">/),
    icon: first(text, /<link rel="icon" type="image\/png" sizes="64x64" href="([^"]+)">/),
    touch: first(text, /<link rel="apple-touch-icon" href="([^"]+)">/),
    card: first(text, /property="og:image" content="[^"]*?(\/c\/[^"]+)"/),
    hasBell: /<a class="brand"[^>]*><svg/.test(text) && text.includes('<link rel="icon" href="/favicon.svg">'),
  };
}

test("the logo stands in the header, the browser's tab, on phones and on pictures of links, and is gone when it is removed", async () => {
  const bare = await shownOn("");
  expect(bare).toMatchObject({ header: "", icon: "", touch: "", hasBell: true });
  const bareCard = await bytesAt(bare.card);
  await set(testPicture(400, 200));
  const shown = await shownOn("");
  expect(shown.hasBell).toBe(false);
  const files = [shown.header, shown.icon, shown.touch];
  expect(await Promise.all(files.map(async (at) => sizeIn(await bytesAt(at))))).toEqual([
    ["PNG", 192, 96],
    ["PNG", 64, 64],
    ["PNG", 180, 180],
  ]);
  expect(shown.card).not.toBe(bare.card);
  const card = await bytesAt(shown.card);
  expect([sizeIn(card), card.equals(bareCard)]).toEqual([["PNG", 1200, 630], false]);
  const { logo } = await camp.team.setUp.logo({ community });
  expect([logo?.picture, logo?.width, logo?.height]).toEqual([
    (await bytesAt(shown.header)).toString("base64"),
    192,
    96,
  ]);
  await camp.team.setUp.dropLogo({ community });
  expect(await shownOn("")).toEqual(bare);
  expect((await bytesAt(bare.card)).equals(bareCard)).toBe(true);
  expect(await camp.team.setUp.logo({ community })).toEqual({ logo: null, before: logo });
  await camp.team.setUp.restoreLogo({ community });
  expect(await shownOn("")).toEqual(shown);
  await expect(camp.team.setUp.restoreLogo({ community })).rejects.toMatchObject({ code: "hub.no-earlier-logo" });
  await camp.team.setUp.dropLogo({ community });
});

test("a replaced logo comes back for a month; the files of those before it are thrown away after a day", async () => {
  await set(testPicture(400, 200));
  const first = await shownOn("");
  await set(testPicture(600, 300));
  const before = await shownOn("");
  await set(testPicture(200, 100));
  const after = await shownOn("/topics");
  const [old, now] = [before, after].map(({ header, icon, touch }) => [header, icon, touch]);
  expect(new Set([...(old ?? []), ...(now ?? [])]).size).toBe(6);
  const tomorrow = Date.now() + 25 * 3_600_000;
  const signal = new AbortController().signal;
  const statuses = (files: string[] = []) => Promise.all(files.map(statusAt));
  const gone = [first.header, first.icon, first.touch];
  const tidy = (at: number) => tidyFilesJob.run({}, { ...testTools, databases, jobs: noJobs, signal, now: () => at });
  await tidy(tomorrow);
  expect([await statuses(gone), await statuses(old), await statuses(now)]).toEqual([
    [404, 404, 404],
    [200, 200, 200],
    [200, 200, 200],
  ]);
  await camp.team.setUp.restoreLogo({ community });
  await camp.team.setUp.restoreLogo({ community });
  expect((await shownOn("/topics")).header).toBe(after.header);
  await tidy(tomorrow + 30 * 24 * 3_600_000);
  expect([await statuses(old), await statuses(now)]).toEqual([
    [404, 404, 404],
    [200, 200, 200],
  ]);
});

test("of a closed hub the logo is seen by whoever stands at its door", async () => {
  await camp.team.setUp.change({ community, reading: "members" });
  const { header, icon } = await shownOn("/sign-in");
  expect([await statusAt(header), await statusAt(icon)]).toEqual([200, 200]);
  await camp.team.setUp.change({ community, reading: "everyone" });
});

test("a file that lies about what it is, or is too large, changes nothing and says what to do", async () => {
  const stands = await shownOn("");
  const refusedAs = async (bytes: Buffer, name?: string) =>
    set(bytes, name).then(
      () => "taken",
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
    );
  expect([
    await refusedAs(Buffer.from("<html><script>alert(1)</script>"), "logo.png"),
    await refusedAs(testPicture(30, 40), "logo.gif"),
    await refusedAs(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "logo.svg"),
    await refusedAs(Buffer.from("notes"), "logo.txt"),
    await refusedAs(Buffer.alloc(LOGO_BYTES + 1, 1)),
  ]).toEqual([
    "hub.upload-type-lies",
    "hub.upload-type-lies",
    "hub.upload-type-lies",
    "hub.face-format",
    "hub.logo-too-large",
  ]);
  expect(await shownOn("")).toEqual(stands);
});

test("only those who set the hub up may set its logo or take it away", async () => {
  const stands = await shownOn("");
  const findCommunity = (slug: string) => communityBySlug(databases, slug);
  const call = testCall({ databases, caller: keyIn(camp.facts, "moderator"), communities: [] }, { findCommunity });
  const { setUp } = createRouterClient(hubApi, { context: call });
  const picture = testPicture().toString("base64");
  await expect(setUp.setLogo({ community, name: "logo.png", picture })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(setUp.dropLogo({ community })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(setUp.restoreLogo({ community })).rejects.toMatchObject({ kind: "forbidden" });
  expect(await shownOn("")).toEqual(stands);
});
