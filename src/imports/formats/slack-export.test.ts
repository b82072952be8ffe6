import { describe, expect, test } from "vitest";
import { cutEverywhere, foundIn, harvestOf, sourceOf } from "./sample-source.ts";
import { slackExport } from "./slack-export.ts";

const users = [
  {
    id: "U01",
    team_id: "T1",
    name: "otter",
    real_name: "Otter R",
    is_bot: false,
    profile: { display_name: "Otter", email: "o@camp.example" },
  },
  { id: "U02", team_id: "T1", name: "lynx", is_bot: false, profile: { display_name: "", real_name: "Lynx L" } },
  { id: "U09", team_id: "T1", name: "pollbot", is_bot: true, profile: { real_name: "Poll bot" } },
];

const said = (ts: string, more: object = {}) => ({ type: "message", user: "U01", text: "hello", ts, ...more });

/** An export of that many channels' days; `root` as archivers add a folder. */
function workspace(days: Readonly<Record<string, readonly unknown[]>>, root = ""): Record<string, string> {
  const lists = {
    "users.json": users,
    "channels.json": [{ id: "C01", name: "general", members: ["U01"], topic: { value: "" } }],
    "groups.json": [{ id: "G01", name: "team-only" }],
    "dms.json": [{ id: "D01", members: ["U01", "U02"] }],
  };
  const files = Object.entries({ ...lists, ...days });
  return Object.fromEntries(files.map(([name, list]) => [root + name, JSON.stringify(list, null, 4)]));
}

const read = (days: Readonly<Record<string, readonly unknown[]>>, more = {}) =>
  harvestOf(slackExport, sourceOf(workspace(days)), more);

describe("messages", () => {
  test("carry names instead of ids, marked links and Slack's own time and id", async () => {
    const text =
      "<@U02> &amp; <@U77|ghost> see <https://camp.example/a?b=1&amp;c=2|the map> in <#C01|general> &lt;now&gt;, <!here>?";
    const { messages } = await read({ "general/2024-05-01.json": [said("1714557600.000200", { text })] });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      spaceExternalId: "C01",
      externalId: "1714557600.000200",
      sentAt: 1_714_557_600_000,
      author: { externalId: "U01", name: "Otter", username: "otter", kind: "person" },
      text: "@Lynx L & @ghost see the map in #general <now>, @here?",
      links: [{ domain: "camp.example", url: "https://camp.example/a?b=1&c=2" }],
    });
  });

  test("in threads answer the message that opened the thread; edits and files are kept", async () => {
    const root = said("1714557600.000100", { thread_ts: "1714557600.000100", reply_count: 1 });
    const reply = said("1714557700.000100", {
      user: "U02",
      thread_ts: "1714557600.000100",
      edited: { user: "U02", ts: "1714557800.000000" },
      files: [{ id: "F1", name: "camp.png", mimetype: "image/png" }],
      subtype: "thread_broadcast",
    });
    const { messages } = await read({ "general/2024-05-01.json": [root, reply] });
    expect(messages[0]).not.toHaveProperty("replyToExternalId");
    expect(messages[1]).toMatchObject({
      replyToExternalId: "1714557600.000100",
      editedAt: 1_714_557_800_000,
      kind: "photo",
      details: { fileName: "camp.png" },
    });
  });

  test("of bots are marked, whether the bot has an account or not", async () => {
    const entries = [
      said("1714557600.000100", { user: "U09", bot_id: "B09" }),
      said("1714557600.000200", {
        user: undefined,
        subtype: "bot_message",
        bot_id: "B77",
        username: "Hook",
        text: "",
        attachments: [{ fallback: "Build done" }],
      }),
      said("1714557600.000300", { bot_id: "B08" }),
      said("1714557600.000400", { user: "USLACKBOT" }),
      said("1714557600.000500", { user: "U55", user_profile: { display_name: "Guest" } }),
    ];
    const { messages } = await read({ "general/2024-05-01.json": entries });
    expect(messages.map(({ author, text }) => [author.externalId, author.name, author.kind, text])).toEqual([
      ["U09", "Poll bot", "bot", "hello"],
      ["B77", "Hook", "bot", "Build done"],
      ["U01", "Otter", "person", "hello"],
      ["USLACKBOT", "Slackbot", "bot", "hello"],
      ["U55", "Guest", "person", "hello"],
    ]);
  });

  test("have their reactions counted with those of other platforms, however few people are listed", async () => {
    const reactions = [
      { name: "+1", users: ["U01"], count: 3 },
      { name: "thumbsup::skin-tone-2", users: ["U02"], count: 1 },
      { name: "camp_fire", users: ["U01", "U02"], count: 1 },
    ];
    const { messages } = await read({ "general/2024-05-01.json": [said("1714557600.000100", { reactions })] });
    const [otter, lynx] = ["U01", "U02"].map((externalId) => ({ member: expect.objectContaining({ externalId }) }));
    expect(messages[0]?.reactions).toEqual([
      { emoji: "👍", count: 4, by: [otter, lynx] },
      { emoji: ":camp_fire:", count: 2, by: [otter, lynx] },
    ]);
    expect(messages[0]?.reactions[0]?.by?.[0]?.member).toMatchObject({ name: "Otter", kind: "person" });
  });
});

test("joining and leaving a channel are comings and goings; topics and deleted messages are counted by name", async () => {
  const entries = [
    said("1714557600.000100", { subtype: "channel_join", text: "<@U01> has joined the channel" }),
    said("1714557700.000100", { subtype: "channel_leave", user: "U02" }),
    said("1714557800.000100", { subtype: "channel_topic", topic: "x" }),
    said("1714557900.000100", { subtype: "tombstone" }),
  ];
  const { moves, messages, passedOver } = await read({ "general/2024-05-01.json": entries });
  expect(moves.map(({ kind, name, externalId }) => [kind, name, externalId])).toEqual([
    ["joined", "Otter", "1714557600.000100"],
    ["left", "Lynx L", "1714557700.000100"],
  ]);
  expect(messages).toEqual([]);
  expect(Object.fromEntries(passedOver)).toEqual({ channel_topic: 1, tombstone: 1 });
});

describe("the channels of an export", () => {
  const days = {
    "general/2024-05-01.json": [said("1714557600.000100")],
    "general/2024-05-02.json": [said("1714644000.000100")],
    "team-only/2024-05-01.json": [said("1714557600.000100")],
    "old-name/2024-05-01.json": [said("1714557600.000100")],
    "D01/2024-05-01.json": [said("1714557600.000100")],
  };

  test("public and private ones are taken, conversations of two only when they are chosen", async () => {
    const spaces = async (more = {}) => [...(await read(days, more)).spaces.keys()];
    expect((await spaces()).toSorted()).toEqual(["C01", "G01", "name:old-name"]);
    expect(await spaces({ spaces: ["D01"] })).toEqual(["D01"]);
  });

  test("are all told before anything is stored, also when the archive adds a folder", async () => {
    const source = sourceOf(workspace(days, "camp export/"));
    const found = await slackExport.findSpaces?.(source, new AbortController().signal);
    expect(found?.toSorted((a, b) => a.externalId.localeCompare(b.externalId))).toEqual([
      { externalId: "C01", name: "general", type: "channels", messages: 2, isPrivate: false },
      { externalId: "D01", name: "D01", type: "dms", messages: 1, isPrivate: true },
      { externalId: "G01", name: "team-only", type: "groups", messages: 1, isPrivate: false },
      { externalId: "name:old-name", name: "old-name", type: "channels", messages: 1, isPrivate: false },
    ]);
  });

  test("bring the same wherever the stream is cut and wherever a reading goes on", async () => {
    const files = workspace({
      "general/2024-05-01.json": [said("1714557600.000100", { text: "«вече» <@U02>" }), said("1714557600.000200")],
      "general/2024-05-02.json": [said("1714644000.000100", { subtype: "channel_join" })],
    });
    const whole = foundIn(await harvestOf(slackExport, sourceOf(files)));
    expect([whole.messages.length, whole.moves.length]).toEqual([2, 1]);
    await cutEverywhere(slackExport, files, (how, found) => expect({ how, ...found }).toEqual({ how, ...whole }));
  });
});

test("a hostile export costs its bad entries alone", async () => {
  const entries = [
    5,
    { type: "user_typing" },
    said("yesterday"),
    said("0000000001.000100"),
    said("1714557600.000100", { user: "../../etc", bot_id: null }),
    said("1714557600.000200", { subtype: "__proto__" }),
    said("1714557600.000300", {
      text: `<@U02${"<".repeat(5000)}`,
      reactions: [{ name: 5 }, "x", { name: "y", count: -1 }],
      files: "f",
    }),
    said("1714557600.000400", { text: 7, thread_ts: "../x", edited: "z" }),
  ];
  const { messages, skipped, passedOver } = await read({ "general/2024-05-01.json": entries });
  expect(skipped).toEqual(["not-a-message", "not-a-message", "no-date", "impossible-date", "no-author"]);
  expect([...passedOver.keys()]).toEqual(["__proto__"]);
  expect(messages.map(({ text }) => text.length)).toEqual([5005, 0]);
  expect(messages[1]).not.toHaveProperty("replyToExternalId");
});

test("it is told from other archives by its lists and days", () => {
  const recognise = (...parts: string[]) => slackExport.recognise({ name: parts[0] ?? "", text: "[]", parts });
  expect(recognise("general/2024-05-01.json", "users.json", "channels.json")).toEqual({ needsTimeZone: false });
  expect(recognise("e/users.json", "e/groups.json", "e/g/2024-05-01.json")).toEqual({ needsTimeZone: false });
  expect(recognise("users.json", "channels.json")).toBeUndefined();
  expect(recognise("users.json", "general/2024-05-01.json")).toBeUndefined();
});
