import { execFileSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { IncomingMessage } from "#src/platforms/model.ts";
import { openSource } from "../stream/source.ts";
import { type Choices, NAME_CHARS, type ResumePoint } from "./format.ts";
import { chat, folder, harvestOf, said, service, write } from "./sample-export.ts";
import { telegramDesktop } from "./telegram-desktop.ts";

describe("a forum", () => {
  const topics = [
    service(10, { action: "topic_created", title: "Help" }),
    service(11, { action: "topic_created", title: "Off topic" }),
    said(12, { reply_to_message_id: 10 }),
    said(13, { reply_to_message_id: 12 }),
    said(14, { reply_to_message_id: 11 }),
    said(15),
    said(16, { reply_to_message_id: 13 }),
    said(17, { reply_to_message_id: 15 }),
  ];
  const placed = (messages: readonly IncomingMessage[]) =>
    messages.map(({ externalId, spaceExternalId, replyToExternalId }) => [
      externalId,
      spaceExternalId,
      replyToExternalId,
    ]);

  test("keeps each message in its topic, and to speak in a topic is to answer nobody", async () => {
    const { messages, spaces } = await harvestOf(write(chat(topics)));
    expect(placed(messages)).toEqual([
      ["12", "-100777/10", undefined],
      ["13", "-100777/10", "12"],
      ["14", "-100777/11", undefined],
      ["15", "-100777", undefined],
      ["16", "-100777/10", "13"],
      ["17", "-100777", "15"],
    ]);
    expect(spaces.get("-100777/10")).toEqual({
      externalId: "-100777/10",
      name: "Help",
      kind: "topic",
      parentExternalId: "-100777",
    });
  });

  test("is remembered when its import goes on after a break", async () => {
    const padding = Array.from({ length: 9000 }, (_, i) =>
      said(100 + i, { reply_to_message_id: i % 2 === 0 ? 10 : 99 + i }),
    );
    const path = write(chat([...topics, ...padding]));
    const whole = await harvestOf(path);
    expect(whole.harvests.length).toBeGreaterThan(3);
    const [first] = whole.harvests;
    const saved: ResumePoint | undefined = structuredClone(first?.resume);
    const rest = await harvestOf(path, {}, saved);
    expect(placed([...(first?.messages ?? []), ...rest.messages])).toEqual(placed(whole.messages));
    expect(whole.messages.filter((message) => message.spaceExternalId === "-100777/10")).toHaveLength(9003);
  });
});

describe("a whole account", () => {
  const account = {
    about: "x",
    personal_information: { user_id: 1 },
    chats: {
      about: "x",
      list: [
        { name: "Friend", type: "personal_chat", id: 3, messages: [said(1)] },
        { name: "Group", type: "private_group", id: 4, messages: [said(1), said(2)] },
        { type: "saved_messages", id: 1, messages: [said(9)] },
      ],
    },
    left_chats: { about: "x", list: [{ name: "News", type: "public_channel", id: 5, messages: [said(1)] }] },
  };

  test("gives the community's chats and leaves private talk out unless it is chosen", async () => {
    const path = write(account);
    const taken = async (more: Partial<Choices>) =>
      (await harvestOf(path, more)).messages.map((message) => message.spaceExternalId);
    expect(await taken({})).toEqual(["-4", "-4", "-1005"]);
    expect(await taken({ spaces: ["3", "-1005"] })).toEqual(["3", "-1005"]);
  });

  test("lists its chats before anything is stored", async () => {
    const spaces = await telegramDesktop.findSpaces?.(await openSource(write(account)), new AbortController().signal);
    expect(spaces?.map(({ externalId, messages, isPrivate }) => [externalId, messages, isPrivate])).toEqual([
      ["3", 1, true],
      ["-4", 2, false],
      ["1", 1, true],
      ["-1005", 1, false],
    ]);
  });
});

test("exports are recognised by what is in them, and ask for a time zone only when they must", () => {
  const recognise = (root: unknown) =>
    telegramDesktop.recognise({ name: "x.json", text: JSON.stringify(root, null, 1), parts: ["x.json"] });
  expect(recognise(chat([said(1)]))).toEqual({ needsTimeZone: false });
  const { date_unixtime: _, ...local } = said(1);
  expect(recognise(chat([local]))).toEqual({ needsTimeZone: true });
  expect(recognise({ about: "x", chats: { list: [] } })).toBeDefined();
  expect(recognise({ messages: [] })).toBeUndefined();
  expect(recognise([said(1)])).toBeUndefined();
});

const NAMES = "../shared/corpora/own/hostile-names.json";
const STRINGS = "../shared/corpora/blns/blns.json";

test.skipIf(!existsSync(NAMES) || !existsSync(STRINGS))(
  "hostile names and texts arrive as they are, but for what no database keeps",
  async () => {
    const { names } = z.object({ names: z.array(z.string()) }).parse(JSON.parse(readFileSync(NAMES, "utf8")));
    const strings = [...names, ...z.array(z.string()).parse(JSON.parse(readFileSync(STRINGS, "utf8")))];
    const items = strings.map((text, i) => said(i + 1, { from: text, text, forwarded_from: text }));
    const { messages, skipped } = await harvestOf(write(chat(items)));
    expect(skipped).toEqual([]);
    const kept = strings.map((text) => text.toWellFormed().replaceAll("\0", "\uFFFD"));
    expect(messages.map((message) => message.text)).toEqual(kept);
    expect(messages.map((message) => message.author.name ?? "")).toEqual(kept.map((name) => name.slice(0, NAME_CHARS)));
  },
);

const GENERATOR = "../shared/tools/gen-telegram.mjs";
const truth = z.object({
  message: z.number(),
  replies: z.number(),
  forwarded: z.number(),
  edited: z.number(),
  polls: z.number(),
  withLink: z.number(),
  reactionsTotal: z.number(),
  joins: z.number(),
  leaves: z.number(),
  textChars: z.number(),
  unsupported: z.number(),
  distinctAuthors: z.number(),
  media: z.record(z.string(), z.number()),
});

test.skipIf(!existsSync(GENERATOR))("a generated export of known contents gives exactly those", async () => {
  const [path, stats] = [join(folder, "generated.json"), join(folder, "stats.json")];
  for (const full of ["0", "1"]) {
    execFileSync(process.execPath, [
      GENERATOR,
      "--messages",
      "20000",
      "--members",
      "500",
      "--quirks",
      "20",
      "--full",
      full,
      "--out",
      path,
      "--stats",
      stats,
    ]);
    const known = truth.parse(JSON.parse(readFileSync(stats, "utf8")));
    const { messages, moves, skipped } = await harvestOf(path);
    const count = (test: (message: IncomingMessage) => boolean) => messages.filter(test).length;
    expect({
      message: messages.length,
      replies: count((message) => message.replyToExternalId !== undefined),
      forwarded: count((message) => message.forwardedFrom !== undefined),
      edited: count((message) => message.editedAt !== undefined),
      polls: count((message) => message.kind === "poll"),
      withLink: count((message) => message.links.length > 0),
      reactionsTotal: messages.flatMap((message) => message.reactions).reduce((sum, { count }) => sum + count, 0),
      joins: moves.filter((move) => move.kind === "joined").length,
      leaves: moves.filter((move) => move.kind !== "joined").length,
      textChars: messages.reduce((sum, { kind, text }) => sum + (kind === "poll" ? 0 : text.length), 0),
      unsupported: skipped.filter((reason) => reason === "unsupported").length,
      distinctAuthors: new Set(messages.map((message) => message.author.externalId)).size,
      media: {
        photo: count((message) => message.kind === "photo"),
        sticker: count((message) => message.kind === "sticker"),
        voice_message: count((message) => message.kind === "voice"),
        video_file: count((message) => message.kind === "video"),
        animation: count((message) => message.kind === "animation"),
        document: count((message) => message.kind === "file"),
      },
    }).toEqual(known);
    expect(skipped).toHaveLength(known.unsupported);
  }
});

test("a file much larger than the memory it is read with goes through", { timeout: 120_000 }, () => {
  const path = join(folder, "large.json");
  const block = Array.from({ length: 10_000 }, (_, i) => JSON.stringify(said(i + 1, { text: "x".repeat(400) }))).join(
    ",\n",
  );
  const file = openSync(path, "w");
  writeSync(file, '{"name":"Hall","type":"private_supergroup","id":777,"messages":[\n');
  for (let i = 0; i < 15; i++) writeSync(file, i === 0 ? block : `,\n${block}`);
  writeSync(file, "]}");
  closeSync(file);
  const code = `
    const { openSource } = await import(${JSON.stringify(new URL("../stream/source.ts", import.meta.url).href)});
    const { telegramDesktop } = await import(${JSON.stringify(new URL("./telegram-desktop.ts", import.meta.url).href)});
    const source = await openSource(${JSON.stringify(path)});
    let messages = 0;
    for await (const harvest of telegramDesktop.read(source, { timeZone: "UTC", now: Date.now() })) messages += harvest.messages.length;
    console.log(messages);`;
  const heap = ["--max-old-space-size=32", "--max-semi-space-size=4", "--input-type=module", "-e", code];
  expect(statSync(path).size).toBeGreaterThan(80_000_000);
  expect(execFileSync(process.execPath, heap, { encoding: "utf8" }).trim()).toBe("150000");
});
