import { expect, test } from "vitest";
import { draw } from "#src/base/drawing/drawing.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp } from "../testing/camp.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { CARD, cardSvg } from "./card.ts";
import { cut, drawable, linesOf, widthOf } from "./lines.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const guest = camp.guest();
const colours = { paper: "#faf8f5", ink: "#1f1b16", soft: "#5f574d", accent: "#2457a6", bell: "#8a5521" };

const open = async (boardId: string, title: string) =>
  (await anna.api.topics.openTopic({ community, boardId, title, text: "Soft water, surely" })).topic;
const bytesOf = async (address: string, who = guest) =>
  Buffer.from(await (await who.open(`/c/${community}/cards/${address}`)).arrayBuffer());
const sizeIn = (bytes: Buffer) => [bytes.toString("latin1", 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
const pictureIn = (text: string): string => /property="og:image" content="[^"]*?(\/c\/[^"]+)"/.exec(text)?.[1] ?? "";

test("a topic, a board, the hub and a member each have a picture for links, and another title has another address", async () => {
  const topic = await open(camp.board, "Which water?");
  const { text, location } = await guest.page(`/t/${topic}`);
  const page = location === "" ? text : (await guest.page(location.replace(`/c/${community}`, ""))).text;
  const address = pictureIn(page);
  expect(page).toContain(
    '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">',
  );
  const answer = await guest.open(address);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=86400");
  expect(sizeIn(Buffer.from(await answer.arrayBuffer()))).toEqual(["PNG", CARD.width, CARD.height]);
  const key = (await guest.api.people.hub({ community })).boards[0]?.key ?? "";
  const pages = ["", `/b/${key}`, `/people/${anna.memberId}`];
  const addresses = await Promise.all(pages.map(async (path) => pictureIn((await guest.page(path)).text)));
  const pictures = await Promise.all([...addresses, address].map(async (at) => (await guest.open(at)).text()));
  expect(new Set(pictures).size).toBe(4);
  const { text: source, version } = await anna.api.posts.source({ community, topic, number: 1 });
  await anna.api.posts.edit({ community, topic, number: 1, text: source, title: "Which water for tea?", version });
  expect(pictureIn((await guest.page(`/t/${topic}-which-water-for-tea`)).text)).not.toBe(address);
});

test("of a closed board, a deleted topic and a closed hub the picture tells the community's name and nothing else, whoever asks", async () => {
  const closed = await camp.team.setUp.makeBoard({ community, name: "Cellar", access: "members" });
  const hidden = await open(closed.id, "The secret of the cellar");
  const gone = await open(camp.board, "Taken back");
  await anna.api.posts.remove({ community, topic: gone, number: 1 });
  const plain = await bytesOf("home.png");
  for (const address of [`t/${hidden}.png`, `t/${gone}.png`, "t/99999.png", `b/${closed.key}.png`])
    expect([address, (await bytesOf(address, anna)).equals(plain)]).toEqual([address, true]);
  const told = await open(camp.board, "Told to everybody");
  expect((await bytesOf(`t/${told}.png`)).equals(plain)).toBe(false);
  await camp.team.setUp.change({ community, reading: "members" });
  expect((await bytesOf(`t/${told}.png`)).equals(plain)).toBe(true);
  expect((await guest.page("")).text).not.toContain("og:image");
});

test("a long title ends with dots behind a whole word in its third line, and no line is too wide", () => {
  const lines = linesOf("слово за слово ".repeat(20).trim(), { most: 17, count: 3 });
  expect([lines.length, lines.every((line) => widthOf(line) <= 17), /слово…$|за…$/.test(lines[2] ?? "")]).toEqual([
    3,
    true,
    true,
  ]);
  expect(linesOf("Щ".repeat(60), { most: 17, count: 3 }).every((line) => widthOf(line) <= 17)).toBe(true);
  expect(cut("short", 17)).toBe("short");
});

test("whatever a title is made of, it stands on the picture as text: emoji are left out, markup is no markup", async () => {
  expect(drawable("Кофе ☕️ \u202e\u0000 и\nчай 😀")).toBe("Кофе и чай");
  const texts = ["</text><script>alert(1)</script>", `"'&<]]>`, "日本", "", ...hostileTexts()];
  for (const title of texts) {
    const { svg } = cardSvg({ above: title, title, community: title, colours });
    expect(svg.replaceAll(/<text [^<>]*>[^<>]*<\/text>/g, "").replaceAll(/<\/?(?:svg|rect|g|path)\b[^<>]*>/g, "")).toBe(
      "",
    );
    expect(svg).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
  }
  const [picture] = await draw({
    kind: "svg",
    ...cardSvg({ above: "", title: texts[0] ?? "", community: "&", colours }),
  });
  expect(sizeIn(picture ?? Buffer.alloc(30))).toEqual(["PNG", CARD.width, CARD.height]);
});
