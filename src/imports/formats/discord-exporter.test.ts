import { describe, expect, test } from "vitest";
import { discordExporter } from "./discord-exporter.ts";
import { cutEverywhere, foundIn, harvestOf, sourceOf } from "./sample-source.ts";

/** An id of that moment, as Discord makes them; `step` tells ids of one millisecond apart. */
const idAt = (at: string, step = 0): string =>
  String(((BigInt(Date.parse(at)) - 1_420_070_400_000n) << 22n) + BigInt(step));

const person = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  discriminator: "0000",
  nickname: name.toUpperCase(),
  color: null,
  isBot: false,
  roles: [],
  avatarUrl: "https://cdn.discordapp.com/embed/avatars/0.png",
  ...more,
});
const otter = person("101", "otter");
const lynx = person("102", "lynx", { discriminator: "1234" });
const guard = person("103", "guard", { isBot: true });

const said = (at: string, more: object = {}) => ({
  id: idAt(at),
  type: "Default",
  timestamp: at,
  timestampEdited: null,
  callEndedTimestamp: null,
  isPinned: false,
  content: "hello",
  author: otter,
  attachments: [],
  embeds: [],
  stickers: [],
  reactions: [],
  mentions: [],
  ...more,
});

const channel = (messages: readonly unknown[], more: object = {}, guild: object = {}) =>
  JSON.stringify(
    {
      guild: { id: "1", name: "Camp", iconUrl: "x", ...guild },
      channel: {
        id: "11",
        type: "GuildTextChat",
        categoryId: "10",
        category: "Talk",
        name: "general",
        topic: null,
        ...more,
      },
      dateRange: { after: null, before: null },
      exportedAt: "2026-01-01T00:00:00+00:00",
      messages,
      messageCount: messages.length,
    },
    null,
    2,
  );

const first = "2024-05-01T10:00:00.123+00:00";
const second = "2024-05-01T13:01:00.5+03:00";

describe("messages of a channel", () => {
  test("are known by Discord's own ids and times, whatever zone the exporter was in", async () => {
    const { messages, spaces } = await harvestOf(
      discordExporter,
      sourceOf({ "a.json": channel([said(first), said(second)]) }),
    );
    expect(messages.map(({ externalId, sentAt }) => [externalId, new Date(sentAt).toISOString()])).toEqual([
      [idAt(first), "2024-05-01T10:00:00.123Z"],
      [idAt(second), "2024-05-01T10:01:00.500Z"],
    ]);
    expect([...spaces.values()]).toEqual([{ externalId: "11", name: "general", kind: "chat" }]);
  });

  test("keep who wrote, answers, edits, files and how many reacted", async () => {
    const reply = said(second, {
      type: "Reply",
      author: lynx,
      content: "Why is the <@!101> gate shut? <:camp:77> https://camp.example/x",
      timestampEdited: "2024-05-01T11:00:00+00:00",
      mentions: [otter],
      reference: { messageId: idAt(first), channelId: "11", guildId: "1" },
      attachments: [{ id: "5", url: "x", fileName: "gate.PNG", fileSizeBytes: 9 }],
      reactions: [
        { emoji: { id: "", name: "👍", code: "thumbsup" }, count: 1, users: [person("7", "a"), person("8", "b")] },
        { emoji: { id: "555", name: "camp", code: "camp" }, count: 3, users: [] },
      ],
    });
    const { messages } = await harvestOf(discordExporter, sourceOf({ "a.json": channel([said(first), reply]) }));
    expect(messages[1]).toMatchObject({
      author: { externalId: "102", name: "LYNX", username: "lynx#1234", kind: "person" },
      text: "Why is the @OTTER gate shut? :camp: https://camp.example/x",
      kind: "photo",
      isQuestion: true,
      replyToExternalId: idAt(first),
      editedAt: Date.parse("2024-05-01T11:00:00Z"),
      links: [{ domain: "camp.example", url: "https://camp.example/x" }],
      reactions: [
        {
          emoji: "👍",
          count: 2,
          by: [
            { member: { externalId: "7", name: "A", username: "a", kind: "person" } },
            { member: { externalId: "8", name: "B", username: "b", kind: "person" } },
          ],
        },
        { emoji: "custom:555", count: 3 },
      ],
      details: { fileName: "gate.PNG" },
    });
  });

  test("answer nobody when what they point to stands in another channel", async () => {
    const reference = { messageId: idAt(first), channelId: "12", guildId: "1" };
    const { messages } = await harvestOf(
      discordExporter,
      sourceOf({ "a.json": channel([said(second, { type: "Reply", reference })]) }),
    );
    expect(messages[0]).not.toHaveProperty("replyToExternalId");
  });

  test("mark bots, and what was forwarded answers nobody and asks nothing", async () => {
    const forwarded = said(second, {
      content: "",
      reference: { type: "Forward", messageId: "9", channelId: "11", guildId: "1" },
      forwardedMessage: { timestamp: first, content: "What is this?", attachments: [], embeds: [], stickers: [] },
    });
    const card = said(first, { author: guard, content: "", embeds: [{ title: "Rules", description: "Be kind" }] });
    const { messages } = await harvestOf(discordExporter, sourceOf({ "a.json": channel([card, forwarded]) }));
    expect(messages[0]).toMatchObject({ author: { kind: "bot" }, text: "Rules\nBe kind" });
    expect(messages[1]).toMatchObject({ text: "What is this?", forwardedFrom: "", isQuestion: false });
    expect(messages[1]).not.toHaveProperty("replyToExternalId");
  });
});

test("newcomers, those added and those removed are comings and goings; pins and boosts are counted by name", async () => {
  const notes = [
    said("2024-05-01T10:00:00Z", { type: "GuildMemberJoin", content: "Joined the server." }),
    said("2024-05-01T10:00:01Z", { type: "7", author: lynx, content: "" }),
    said("2024-05-01T10:00:02Z", { type: "RecipientAdd", mentions: [lynx, guard] }),
    said("2024-05-01T10:00:03Z", { type: "RecipientRemove", mentions: [otter] }),
    said("2024-05-01T10:00:04Z", { type: "RecipientRemove", mentions: [lynx] }),
    said("2024-05-01T10:00:05Z", { type: "ChannelPinnedMessage", content: "Pinned a message." }),
    said("2024-05-01T10:00:06Z", { type: "8", content: "" }),
  ];
  const { moves, messages, passedOver } = await harvestOf(discordExporter, sourceOf({ "a.json": channel(notes) }));
  expect(moves.map(({ kind, name, position }) => [kind, name, position])).toEqual([
    ["joined", "OTTER", 0],
    ["joined", "LYNX", 0],
    ["joined", "LYNX", 0],
    ["joined", "GUARD", 1],
    ["left", "OTTER", 0],
    ["removed", "LYNX", 0],
  ]);
  expect(messages).toEqual([]);
  expect(Object.fromEntries(passedOver)).toEqual({ ChannelPinnedMessage: 1, GuildBoost: 1 });
});

describe("a folder of channels", () => {
  const thread = { id: "20", type: "GuildPublicThread", categoryId: "11", category: "general", name: "Trip" };
  const direct = { id: "30", type: "DirectTextChat", categoryId: null, category: null, name: "lynx" };
  const files = {
    "Camp - general [11].json": channel([said(first)]),
    "Camp - general [11] [part 2].json": channel([said(second)]),
    "Camp - Trip [20].json": channel([said(first)], thread),
    "Direct - lynx [30].json": channel([said(first)], direct, { id: "0", name: "Direct Messages" }),
    "notes.json": "{}",
  };

  test("has threads inside their channel, and leaves conversations between people out unless they are chosen", async () => {
    const { messages, spaces } = await harvestOf(discordExporter, sourceOf(files));
    expect(messages.map((message) => message.spaceExternalId).toSorted()).toEqual(["11", "11", "20"]);
    expect(spaces.get("20")).toEqual({ externalId: "20", name: "Trip", kind: "topic", parentExternalId: "11" });
    const chosen = await harvestOf(discordExporter, sourceOf(files), { spaces: ["30"] });
    expect(chosen.messages.map((message) => message.spaceExternalId)).toEqual(["30"]);
  });

  test("tells of all its channels before anything is stored", async () => {
    const found = await discordExporter.findSpaces?.(sourceOf(files), new AbortController().signal);
    expect(found?.toSorted((a, b) => a.externalId.localeCompare(b.externalId))).toEqual([
      { externalId: "11", name: "general", type: "GuildTextChat", messages: 2, isPrivate: false },
      { externalId: "20", name: "Trip", type: "GuildPublicThread", messages: 1, isPrivate: false },
      { externalId: "30", name: "lynx", type: "DirectTextChat", messages: 1, isPrivate: true },
    ]);
  });

  test("brings the same wherever the stream is cut and wherever a reading goes on", async () => {
    const small = {
      "1.json": channel([said(first), said(second, { author: lynx })]),
      "2.json": channel([said(first)], thread),
    };
    const whole = foundIn(await harvestOf(discordExporter, sourceOf(small)));
    expect(whole.messages).toHaveLength(3);
    await cutEverywhere(discordExporter, small, (how, found) => expect({ how, ...found }).toEqual({ how, ...whole }));
  });
});

test("a hostile file costs its bad messages alone", async () => {
  const bad = [
    said(first, { id: "../../etc" }),
    said(first, { timestamp: "soon" }),
    said(first, { id: "1", timestamp: "1899-01-01T00:00:00Z" }),
    said(first, { author: null }),
    said(first, { author: { id: 5, name: 7, nickname: [], isBot: "yes" }, content: 9, reactions: "x", reference: 4 }),
    "no message",
    said(second, { reactions: [{ emoji: null, count: -3 }, { count: 1e99, emoji: { name: "x" } }, null] }),
  ];
  const text = channel(bad, { name: "x".repeat(9000), topic: 'a trap: \\"messages": [' });
  const { messages, skipped, spaces } = await harvestOf(discordExporter, sourceOf({ "a.json": text }));
  expect(skipped).toEqual(["no-id", "no-date", "impossible-date", "no-author", "not-a-message"]);
  expect(messages).toHaveLength(2);
  expect(messages[1]?.reactions).toEqual([{ emoji: "x", count: 2 ** 30 }]);
  expect(spaces.get("11")?.name).toHaveLength(256);
});

test("it is told from other files by what is in it", () => {
  const recognise = (text: string) => discordExporter.recognise({ name: "x.json", text, parts: ["x.json"] });
  expect(recognise(channel([said(first)]))).toEqual({ needsTimeZone: false });
  expect(recognise(channel([]))).toEqual({ needsTimeZone: false });
  expect(recognise('{"name":"Hall","type":"private_supergroup","id":7,"messages":[]}')).toBeUndefined();
  expect(recognise('{"guild":5,"channel":[],"messages":[]}')).toBeUndefined();
  expect(recognise("{")).toBeUndefined();
});
