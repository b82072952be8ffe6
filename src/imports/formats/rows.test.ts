import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openSource } from "../stream/source.ts";
import { csv } from "./csv.ts";
import type { Choices, HistoryFormat, ResumePoint } from "./format.ts";
import type { Harvest } from "./harvest.ts";
import { jsonl } from "./jsonl.ts";
import { guessFields } from "./row-fields.ts";
import { instantOf } from "./written-time.ts";

const folder = mkdtempSync(join(tmpdir(), "veche-rows-"));
afterAll(() => rm(folder, { recursive: true }));
const usual: Choices = { timeZone: "Europe/Moscow", now: Date.UTC(2027, 0, 1) };

interface Asked {
  readonly name: string;
  readonly text: string;
  readonly choices?: Partial<Choices>;
  readonly resume?: ResumePoint | undefined;
}

async function read(format: HistoryFormat, { name, text, choices, resume }: Asked) {
  const path = join(folder, name);
  writeFileSync(path, text);
  const harvests: Harvest[] = [];
  for await (const each of format.read(await openSource(path), { ...usual, ...choices }, resume)) harvests.push(each);
  return {
    harvests,
    messages: harvests.flatMap((each) => each.messages),
    skipped: harvests.flatMap((each) => each.skipped.map(({ reason, number }) => [reason, number])),
  };
}

describe("a file of JSON lines", () => {
  const row = {
    id: "a1",
    space: "hall",
    sentAt: "2024-05-01T10:00:00Z",
    authorId: "u1",
    authorName: "Anna",
    text: "hi",
    replyTo: "a0",
  };

  test("with our own field names needs no mapping", async () => {
    const { messages } = await read(jsonl, { name: "own.jsonl", text: JSON.stringify(row) });
    expect(messages).toMatchObject([
      {
        externalId: "a1",
        spaceExternalId: "hall",
        sentAt: Date.UTC(2024, 4, 1, 10),
        author: { externalId: "u1", name: "Anna", kind: "person" },
        text: "hi",
        replyToExternalId: "a0",
      },
    ]);
  });

  test("with other names is mapped, also into objects inside", async () => {
    const text = JSON.stringify({
      key: 7,
      room: "hall",
      when: 1_714_557_600,
      who: { id: 5, called: "Anna" },
      said: "hi",
    });
    const fields = {
      id: "key",
      space: "room",
      sentAt: "when",
      authorId: "who.id",
      authorName: "who.called",
      text: "said",
    };
    const { messages } = await read(jsonl, { name: "map.jsonl", text, choices: { fields } });
    expect(messages).toMatchObject([
      { externalId: "7", sentAt: 1_714_557_600_000, author: { externalId: "5", name: "Anna" }, text: "hi" },
    ]);
  });

  test("may be one list of objects as well", async () => {
    const { messages, skipped } = await read(jsonl, {
      name: "list.json",
      text: JSON.stringify([row, { ...row, id: "a2" }, 5], null, 2),
    });
    expect(messages.map((message) => message.externalId)).toEqual(["a1", "a2"]);
    expect(skipped).toEqual([["not-a-message", 3]]);
  });

  test("without ids gets the same ids each time, and two rows that are alike stay two", async () => {
    const { id: _, ...bare } = row;
    const text = [bare, bare, { ...bare, text: "other" }].map((each) => JSON.stringify(each)).join("\n");
    const first = (await read(jsonl, { name: "bare.jsonl", text })).messages.map((message) => message.externalId);
    const second = (await read(jsonl, { name: "bare.jsonl", text })).messages.map((message) => message.externalId);
    expect(new Set(first).size).toBe(3);
    expect(second).toEqual(first);
  });

  test("keeps lines that are separated inside by U+2028 whole", async () => {
    const { messages } = await read(jsonl, {
      name: "u2028.jsonl",
      text: `{"id":"1","sentAt":1714557600,"authorName":"A","text":"a\u2028b"}\n`,
    });
    expect(messages[0]?.text).toBe("a\u2028b");
  });

  test("tells which lines it could not take, and why", async () => {
    const lines = [
      row,
      { ...row, sentAt: "yesterday" },
      { ...row, sentAt: "1970-01-01T00:00:00Z" },
      { ...row, authorId: null, authorName: "" },
    ];
    const { skipped } = await read(jsonl, {
      name: "bad.jsonl",
      text: [...lines.map((each) => JSON.stringify(each)), "{oops", "null"].join("\n"),
    });
    expect(skipped).toEqual([
      ["no-date", 2],
      ["impossible-date", 3],
      ["no-author", 4],
      ["broken", 5],
      ["not-a-message", 6],
    ]);
  });

  test("goes on behind any of its steps as if it had not stopped", async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => JSON.stringify({ ...row, id: String(i) })).join("\n");
    const whole = await read(jsonl, { name: "long.jsonl", text });
    const resume = structuredClone(whole.harvests[1]?.resume);
    const rest = await read(jsonl, { name: "long.jsonl", text, resume });
    const before = [...(whole.harvests[0]?.messages ?? []), ...(whole.harvests[1]?.messages ?? [])];
    expect([...before, ...rest.messages].map((message) => message.externalId)).toEqual(
      whole.messages.map((message) => message.externalId),
    );
  });

  test("is recognised unless it is something else", () => {
    const recognise = (text: string) => jsonl.recognise({ name: "x", text, parts: ["x"] })?.guess;
    expect(recognise('{"id":1,"room":"r","ts":"x","user":"u","text":"t"}')).toEqual({
      id: "id",
      space: "room",
      sentAt: "ts",
      authorName: "user",
      text: "text",
    });
    expect(recognise('{\n "name": "x",\n "messages": [\n')).toBeUndefined();
    expect(recognise("id,text\n1,x")).toBeUndefined();
    expect(recognise("")).toBeUndefined();
  });
});

describe("a table", () => {
  test("as Excel in Russia writes it is understood by its column names", async () => {
    const text = '\uFEFFДата;Автор;Сообщение\r\n31.01.2024 12:00;Анна;"Привет; всем\nи ""вам"""\r\n';
    expect(csv.recognise({ name: "x.csv", text, parts: ["x.csv"] })).toMatchObject({
      needsTimeZone: true,
      guess: { sentAt: "Дата", authorName: "Автор", text: "Сообщение" },
    });
    const { messages } = await read(csv, { name: "excel.csv", text });
    expect(messages).toMatchObject([
      { sentAt: Date.UTC(2024, 0, 31, 9), author: { externalId: "name:Анна" }, text: 'Привет; всем\nи "вам"' },
    ]);
  });

  test("puts ragged rows aside by their number", async () => {
    const text =
      'id,ts,user,text\n1,1714557600,A,x\n2,1714557600,A\n3,1714557600,A,x,,\n4,1714557600,A,x,more\n5,1714557600,A,"lost\n6,1714557600,A,y\n';
    const { messages, skipped } = await read(csv, { name: "ragged.csv", text });
    expect(messages.map((message) => message.externalId)).toEqual(["1", "3", "6"]);
    expect(skipped).toEqual([
      ["wrong-columns", 3],
      ["wrong-columns", 5],
      ["broken", 6],
    ]);
  });

  test("goes on behind any of its steps as if it had not stopped", async () => {
    const text = `id\tts\tuser\ttext\n${Array.from({ length: 40_000 }, (_, i) => `${i}\t1714557600\tA\t"x\ny"`).join("\n")}`;
    const whole = await read(csv, { name: "long.tsv", text });
    const resume = structuredClone(whole.harvests[0]?.resume);
    const rest = await read(csv, { name: "long.tsv", text, resume });
    expect(whole.messages).toHaveLength(40_000);
    expect(rest.messages.map((message) => message.externalId)).toEqual(
      whole.messages.slice(whole.harvests[0]?.messages.length).map((message) => message.externalId),
    );
  });
});

test("fields are guessed from the names other programs give them, none of them twice", () => {
  expect(guessFields(["Message ID", "channel_name", "Created-At", "user_id", "User", "Body", "parent_id"])).toEqual({
    id: "Message ID",
    space: "channel_name",
    sentAt: "Created-At",
    authorId: "user_id",
    authorName: "User",
    text: "Body",
    replyTo: "parent_id",
  });
  expect(guessFields(["a", "b"])).toEqual({});
});

test.for([
  [1_714_557_600, Date.UTC(2024, 4, 1, 10)],
  ["1714557600", Date.UTC(2024, 4, 1, 10)],
  ["1714557600.0001", Date.UTC(2024, 4, 1, 10)],
  [1_714_557_600_000, Date.UTC(2024, 4, 1, 10)],
  ["1714557600000000", Date.UTC(2024, 4, 1, 10)],
  ["2024-05-01T10:00:00.250Z", Date.UTC(2024, 4, 1, 10) + 250],
  ["2024-05-01 10:00:00 UTC", Date.UTC(2024, 4, 1, 10)],
  ["2024-05-01T13:00:00+03:00", Date.UTC(2024, 4, 1, 10)],
  ["2024-05-01T13:00:00+0300", Date.UTC(2024, 4, 1, 10)],
  ["2024-05-01T15:30:00+05:30", Date.UTC(2024, 4, 1, 10)],
  ["2024-05-01T13:00:00", Date.UTC(2024, 4, 1, 10)],
  ["2024-05-01 13:00", Date.UTC(2024, 4, 1, 10)],
  ["01.05.2024, 13:00:00", Date.UTC(2024, 4, 1, 10)],
  ["2024-05-01", Date.UTC(2024, 3, 30, 21)],
  ["2024-02-30T10:00:00", undefined],
  ["yesterday", undefined],
  ["", undefined],
  [null, undefined],
  [Number.NaN, undefined],
] as const)("the time %s in Moscow is read as the instant it means", ([written, instant]) => {
  expect(instantOf(written, "Europe/Moscow")).toBe(instant);
});
