import { describe, expect, test } from "vitest";
import type { IncomingMessage } from "#src/platforms/model.ts";
import { at, chat, harvestOf, said, service, write } from "./sample-export.ts";

async function onlyMessage(item: object): Promise<IncomingMessage> {
  const [message] = (await harvestOf(write(chat([item])))).messages;
  if (message === undefined) throw new Error("the message was not taken");
  return message;
}

describe("a message", () => {
  test("is read with its author, its time and its place", async () => {
    expect(await onlyMessage(said(1))).toEqual({
      spaceExternalId: "-100777",
      externalId: "1",
      sentAt: 1_704_067_201_000,
      author: { externalId: "5", kind: "person", name: "Anna" },
      kind: "text",
      text: "hello",
      language: "en",
      isQuestion: false,
      links: [],
      reactions: [],
    });
  });

  test("in pieces is one text, with the links that Telegram marked", async () => {
    const text = [
      "see ",
      { type: "link", text: "www.Shop.example/a" },
      " and ",
      { type: "text_link", text: "this", href: "https://docs.example/" },
      { type: "bold", text: "!" },
      7,
      null,
    ];
    const message = await onlyMessage(said(1, { text }));
    expect(message.text).toBe("see www.Shop.example/a and this!");
    expect(message.links.map((link) => link.domain)).toEqual(["shop.example", "docs.example"]);
  });

  test("of a deleted account, a channel, an anonymous admin or an old export has an author all the same", async () => {
    const authorOf = async (from: unknown, id: unknown) =>
      (await onlyMessage({ ...at(1), from, from_id: id, text: "x" })).author;
    expect(await authorOf(null, "user9")).toEqual({ externalId: "9", kind: "person" });
    expect(await authorOf("News", "channel12")).toEqual({ externalId: "-10012", kind: "channel", name: "News" });
    expect(await authorOf("Hall", "channel777")).toEqual({ externalId: "-100777", kind: "channel", name: "Hall" });
    expect(await authorOf("Old", 123_456)).toEqual({ externalId: "123456", kind: "person", name: "Old" });
    expect(await authorOf("Old channel", 2 ** 33 + 55)).toEqual({
      externalId: "-10055",
      kind: "channel",
      name: "Old channel",
    });
    expect(await authorOf("Nameless", undefined)).toEqual({
      externalId: "name:Nameless",
      kind: "person",
      name: "Nameless",
    });
    expect(await authorOf(null, undefined)).toEqual({ externalId: "deleted", kind: "person" });
  });

  test("is a bot's only when it carries buttons of its own, whatever the author is called", async () => {
    const buttons = { inline_bot_buttons: [[{ type: "url", text: "x" }]] };
    expect((await onlyMessage(said(1, buttons))).author.kind).toBe("bot");
    expect((await onlyMessage(said(1, { ...buttons, via_bot: "@gif" }))).author.kind).toBe("person");
    expect((await onlyMessage(said(1, { ...buttons, forwarded_from: "Shop" }))).author.kind).toBe("person");
    expect((await onlyMessage(said(1, { from: "helperbot" }))).author.kind).toBe("person");
  });

  test("that was forwarded, edited, answered or reacted to says so", async () => {
    const message = await onlyMessage(
      said(9, {
        edited_unixtime: "1704070000",
        forwarded_from: null,
        text: "what do you think?",
        reply_to_message_id: 4,
        reactions: [
          { type: "emoji", count: 2, emoji: "👍", recent: [] },
          { type: "custom_emoji", count: 1, document_id: "53682" },
          { type: "custom_emoji", count: 3, document_id: "(File not included.)" },
          { type: "paid", count: 5 },
          { type: "emoji", count: 1, emoji: "👍" },
          { type: "emoji", count: "many", emoji: "🔥" },
        ],
      }),
    );
    expect(message).toMatchObject({
      editedAt: 1_704_070_000_000,
      forwardedFrom: "",
      replyToExternalId: "4",
      isQuestion: false,
    });
    expect(message.reactions).toEqual([
      { emoji: "👍", count: 3 },
      { emoji: "custom:53682", count: 1 },
      { emoji: "custom", count: 3 },
      { emoji: "⭐", count: 5 },
    ]);
    expect(
      (await onlyMessage(said(9, { reply_to_message_id: 4, reply_to_peer_id: "channel5" }))).replyToExternalId,
    ).toBeUndefined();
  });

  test("names those who reacted last, at times of the zone in which the export was made", async () => {
    const otter = { from: "Otter", from_id: "user5", date: "2024-06-01T15:01:30" };
    const gone = { from: null, from_id: "user6", date: "no day" };
    const message = await onlyMessage(
      said(9, {
        date: "2024-06-01T15:00:00",
        date_unixtime: String(Date.UTC(2024, 5, 1, 12) / 1000),
        reactions: [
          { type: "emoji", count: 4, emoji: "👍", recent: [otter, gone, otter, null, { from: "", from_id: 9.5 }] },
          { type: "emoji", count: 1, emoji: "🔥", recent: [{ ...otter, date: "2024-06-01T14:00:00" }, gone] },
        ],
      }),
    );
    const member = { externalId: "5", kind: "person", name: "Otter" };
    const nameless = { member: { externalId: "6", kind: "person" } };
    expect(message.reactions).toEqual([
      { emoji: "👍", count: 4, by: [{ member, at: Date.UTC(2024, 5, 1, 12, 1, 30) }, nameless] },
      { emoji: "🔥", count: 2, by: [{ member, at: Date.UTC(2024, 5, 1, 12) }, nameless] },
    ]);
  });

  test("is of the kind of what it carries", async () => {
    const missing = "(File not included. Change data exporting settings to download.)";
    const kindOf = async (more: object) => (await onlyMessage(said(1, { text: "", ...more }))).kind;
    expect(await kindOf({ photo: missing })).toBe("photo");
    expect(await kindOf({ file: missing, media_type: "voice_message" })).toBe("voice");
    expect(await kindOf({ file: missing, media_type: "video_message" })).toBe("video-note");
    expect(await kindOf({ file: missing })).toBe("file");
    expect(await kindOf({ location_information: { latitude: 1, longitude: 2 } })).toBe("location");
    expect(await kindOf({ contact_information: {} })).toBe("contact");
    const poll = {
      question: "Tea?",
      closed: false,
      total_voters: 3,
      answers: [{ text: "yes", voters: 3, chosen: false }],
    };
    expect(await onlyMessage(said(1, { text: "", poll }))).toMatchObject({
      kind: "poll",
      text: "Tea?",
      isQuestion: false,
      details: { poll: { question: "Tea?", closed: false, voters: 3, options: [{ text: "yes", voters: 3 }] } },
    });
  });

  test("without Unix time is dated by the clock of the chosen zone", async () => {
    const { date_unixtime: _, ...local } = said(1);
    const { messages } = await harvestOf(write(chat([local])), { timeZone: "Europe/Moscow" });
    expect(messages[0]?.sentAt).toBe(Date.UTC(2023, 11, 31, 21));
  });
});

describe("what is no message", () => {
  test("comings and goings name the person where the export does", async () => {
    const { moves, messages, passedOver } = await harvestOf(
      write(
        chat([
          service(1, { action: "join_group_by_link", inviter: "Group" }),
          service(2, { action: "invite_members", members: ["Oleg", null] }),
          service(3, { action: "invite_members", members: ["Anna"] }),
          service(4, { action: "remove_members", members: ["Anna"] }),
          service(5, { action: "remove_members", members: ["Oleg"] }),
          service(6, { action: "pin_message", message_id: 1 }),
          service(7, { action: "migrate_from_group", title: "Old hall" }),
        ]),
      ),
    );
    expect(messages).toEqual([]);
    expect(
      moves.map(({ externalId, position, member, name, kind }) => [
        externalId,
        position,
        member?.externalId,
        name,
        kind,
      ]),
    ).toEqual([
      ["1", 0, "5", "Anna", "joined"],
      ["2", 0, undefined, "Oleg", "joined"],
      ["2", 1, undefined, "", "joined"],
      ["3", 0, "5", "Anna", "joined"],
      ["4", 0, "5", "Anna", "left"],
      ["5", 0, undefined, "Oleg", "removed"],
    ]);
    expect([...passedOver]).toEqual([
      ["pin_message", 1],
      ["migrate_from_group", 1],
    ]);
  });

  test("is put aside with a reason", async () => {
    const { skipped, messages } = await harvestOf(
      write(
        chat([
          { id: 1, type: "unsupported" },
          { ...said(2), id: undefined },
          { id: 3, type: "message" },
          { ...said(4), date_unixtime: "99999999999" },
          said(5),
        ]),
      ),
    );
    expect(skipped).toEqual(["unsupported", "no-id", "no-date", "impossible-date"]);
    expect(messages).toHaveLength(1);
  });

  test("fields that no known Telegram writes are counted by name", async () => {
    const { unknown } = await harvestOf(write(chat([said(1, { shiny: 1 }), said(2, { shiny: 2, "a\0b": 3 })])));
    expect([...unknown]).toEqual([
      ["shiny", 2],
      ["a\uFFFDb", 1],
    ]);
  });
});
