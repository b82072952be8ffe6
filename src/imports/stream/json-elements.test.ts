import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonElements, type JsonPlace } from "./json-elements.ts";
import { ELEMENT_BYTES } from "./limits.ts";
import { parseElement } from "./parse-json.ts";

const MESSAGES = [["messages"]];
const EVERYTHING = [["messages"], ["chats", "list", "*", "messages"], ["left_chats", "list", "*", "messages"], []];

interface Outcome {
  readonly values: unknown[];
  readonly rejected: { reason: string; offset: number; bytes: number }[];
  readonly places: JsonPlace[];
  readonly complete: boolean;
}

function take(elements: JsonElements, outcome: Outcome): void {
  for (let piece = elements.next(); piece !== undefined; piece = elements.next()) {
    const parsed = piece.kind === "element" ? parseElement(elements.window.bytes, piece) : undefined;
    const rejected = piece.kind === "rejected" ? piece : parsed === undefined ? elements.giveUp(piece) : undefined;
    if (rejected) outcome.rejected.push({ reason: rejected.reason, offset: rejected.offset, bytes: rejected.bytes });
    else outcome.values.push(parsed?.value);
    outcome.places.push(elements.place());
  }
}

function read(chunks: Iterable<Uint8Array>, paths = MESSAGES, place?: JsonPlace): Outcome {
  const elements = new JsonElements(paths, place);
  const outcome: Outcome = { values: [], rejected: [], places: [], complete: false };
  for (const chunk of chunks) {
    elements.feed(chunk);
    take(elements, outcome);
  }
  elements.end();
  take(elements, outcome);
  return { ...outcome, complete: elements.complete };
}

const cut = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
const readText = (text: string, size = 7) => read(cut(Buffer.from(text), size));

describe("a document of any shape", () => {
  test("gives the same elements as reading it whole, however it is cut into chunks", () => {
    const document = fc.record({
      name: fc.json(),
      other: fc.jsonValue(),
      messages: fc.array(fc.jsonValue()),
      tail: fc.jsonValue(),
    });
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3 }), (value, size, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/\d{16}/.test(text));
        const messages: unknown = JSON.parse(JSON.stringify(value.messages));
        const outcome = readText(text, size);
        expect(outcome.values).toEqual(messages);
        expect(outcome.rejected).toEqual([]);
        expect(outcome.complete).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("can be read on from behind any of its elements", () => {
    const text = JSON.stringify({
      about: "x",
      chats: {
        list: [
          { name: "A", id: 1, messages: [{ id: 1 }, { id: 2 }] },
          { name: "B", id: 2, messages: [{ id: 3 }, "é", [4]] },
        ],
      },
      left_chats: { list: [{ id: 3, messages: [{ id: 5 }] }] },
    });
    const bytes = Buffer.from(text);
    const whole = read([bytes], EVERYTHING);
    expect(whole.values).toHaveLength(6);
    whole.places.forEach((place, i) => {
      const saved = structuredClone(place);
      expect(read(cut(bytes.subarray(saved.offset), 3), EVERYTHING, saved).values).toEqual(whole.values.slice(i + 1));
    });
  });

  test("tells what stands around the messages", () => {
    const elements = new JsonElements(EVERYTHING);
    elements.feed(
      Buffer.from(
        '\uFEFF{"about":"a","chats":{"list":[{"name":"Ch\\u0061t","type":"private_group","id":12345678901234567890,"skip":{"a":[]},"messages":[{"id":1}',
      ),
    );
    expect(elements.next()?.kind).toBe("element");
    expect(elements.around()).toEqual([
      { about: "a" },
      {},
      { name: "Chat", type: "private_group", id: "12345678901234567890" },
    ]);
  });
});

const good = (id: number) => `{\n "id": ${id},\n "text": "fine"}`;
const file = (...items: string[]) => `{"name":"x","messages":[${items.join(",\n")}]}`;

describe("damage", () => {
  test("a file cut in the middle gives everything before the cut and says so", () => {
    const text = file(good(1), good(2), good(3));
    const outcome = readText(text.slice(0, -10));
    expect(outcome.values).toHaveLength(2);
    expect(outcome.rejected).toMatchObject([{ reason: "cut-off" }]);
    expect(outcome.complete).toBe(false);
  });

  test("a quote that is not escaped, a wrong bracket or garbage cost only their own message", () => {
    for (const bad of [
      '{\n "id": 7, "text": "he said "hi}',
      '{\n "id": 7, "a": [1, 2}',
      '{\n "id": 7 "text" : nonsense }',
      '{\n "id": 7, "x": "',
    ]) {
      const outcome = readText(file(good(1), good(2), bad, good(3), good(4)));
      expect(outcome.values).toHaveLength(4);
      expect(outcome.rejected.length).toBeGreaterThan(0);
    }
  });

  test("Telegram Desktop's \\x0B and raw control characters are read as what was meant", () => {
    const outcome = readText('{"messages":[{"text":"a\\x0Bb \\\\x0B \\q"},{"text":"tab\there"}]}');
    expect(outcome.values).toEqual([{ text: "a\u000bb \\x0B \\q" }, { text: "tab\there" }]);
  });

  test("NUL and halves of surrogate pairs become the sign for an unreadable character", () => {
    const outcome = readText(
      '{"messages":[{"a":"x\\u0000y"},{"\\ud800":"\\udc00 \\ud83d\\ude00"},{"a":"x\0y"},{"a":"\\x00"}]}',
    );
    expect(outcome.values).toEqual([
      { a: "x\uFFFDy" },
      { "\uFFFD": "\uFFFD \u{1F600}" },
      { a: "x\uFFFDy" },
      { a: "\uFFFD" },
    ]);
  });

  test("ids beyond 2^53 keep every digit", () => {
    const outcome = readText(
      '{"messages":[{"id":9007199254740993,"small":5,"n":1.5e3,"t":"9007199254740993"},{"id":-12345678901234567890}]}',
    );
    expect(outcome.values).toEqual([
      { id: "9007199254740993", small: 5, n: 1500, t: "9007199254740993" },
      { id: "-12345678901234567890" },
    ]);
  });

  test("nesting of 100,000 is put aside without recursion, its neighbours pass", () => {
    const deep = `{\n "id": 5, "a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const outcome = readText(file(good(1), deep, good(2)), 65_536);
    expect(outcome.values).toHaveLength(2);
    expect(outcome.rejected).toMatchObject([{ reason: "too-deep", bytes: deep.length }]);
  });

  test("a message of 50 MB is put aside without being held, its neighbours pass", () => {
    const chunk = Buffer.alloc(500_000, "a");
    function* chunks() {
      yield Buffer.from(`{"messages":[${good(1)},{\n "id": 2, "text": "`);
      for (let i = 0; i < 100; i++) yield chunk;
      yield Buffer.from(`"},${good(3)}]}`);
    }
    const before = process.memoryUsage().arrayBuffers;
    const outcome = read(chunks());
    expect(outcome.values).toHaveLength(2);
    expect(outcome.rejected).toMatchObject([{ reason: "too-long", bytes: 50_000_023 }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * ELEMENT_BYTES);
  });

  test("a quote lost in a huge file costs one message, not the megabyte after it", () => {
    const items = Array.from({ length: 60_000 }, (_, i) => good(i));
    items[10] = '{\n "id": 10, "text": "lost quote}';
    const outcome = readText(file(...items), 65_536);
    expect(outcome.values).toHaveLength(59_999);
    expect(outcome.rejected).toMatchObject([{ reason: "broken" }]);
  });
});

const SUITE = "../shared/corpora/jsontestsuite/test_parsing/";
const suite = existsSync(SUITE) ? readdirSync(SUITE) : ["y_absent (needs ../shared/corpora)"];

describe("the JSON test suite", () => {
  const wellFormed = suite.filter((name) => name.startsWith("y_"));
  // Half a surrogate pair and NUL are well-formed JSON that no database keeps; what becomes of them is told above.
  const kept = wellFormed.filter(
    (name) => !/surrogate|escaped_null|null_escape|escaped_noncharacter|u\+.*_noncharacter/i.test(name),
  );

  test.skipIf(!existsSync(SUITE)).for(kept)("%s is read as JSON.parse reads it", (name) => {
    const bytes = readFileSync(SUITE + name);
    const value: unknown = JSON.parse(bytes.toString());
    const wrapped = Buffer.concat([Buffer.from('{"messages":['), bytes, Buffer.from("]}")]);
    expect(read(cut(wrapped, 2))).toMatchObject({ values: [value], rejected: [] });
    const elements: unknown[] = Array.isArray(value) ? value : [];
    expect(read(cut(bytes, 3), [[]]).values).toEqual(elements);
  });

  test.skipIf(!existsSync(SUITE)).for(suite)(
    "%s neither hangs the reader nor takes its good neighbour along",
    (name) => {
      const wrapped = [
        Buffer.from('{"messages":[{"id":"first"},'),
        readFileSync(SUITE + name),
        Buffer.from(',{"id":"last"}]}'),
      ];
      const outcome = read(cut(Buffer.concat(wrapped), 1000));
      expect(outcome.values[0]).toEqual({ id: "first" });
      const last = name.startsWith("y_") ? { id: "last" } : outcome.values.at(-1);
      expect(outcome.values.at(-1)).toEqual(last);
    },
  );
});
