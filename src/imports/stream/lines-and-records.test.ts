import { parse as oracle } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvFields, CsvRecords } from "./csv-records.ts";
import { ELEMENT_BYTES } from "./limits.ts";
import { Lines } from "./lines.ts";
import { parseElement } from "./parse-json.ts";
import type { RejectedPiece } from "./piece.ts";
import { fed } from "./reading.ts";

const cut = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

function readLines(text: string, size = 5) {
  const lines = new Lines();
  const values: unknown[] = [];
  const rejected: RejectedPiece[] = [];
  const drain = () => {
    for (let piece = lines.next(); piece !== undefined; piece = lines.next()) {
      const parsed = piece.kind === "element" ? parseElement(lines.window.bytes, piece) : undefined;
      if (parsed) values.push(parsed.value);
      else rejected.push(piece.kind === "element" ? lines.giveUp(piece) : piece);
    }
  };
  for (const chunk of cut(Buffer.from(text), size)) {
    lines.feed(chunk);
    drain();
  }
  lines.end();
  drain();
  return { values, rejected };
}

function readRecords(text: string, size = 5, separator = ",") {
  const records = new CsvRecords(separator);
  const rows: string[][] = [];
  const rejected: RejectedPiece[] = [];
  const drain = () => {
    for (let piece = records.next(); piece !== undefined; piece = records.next()) {
      if (piece.kind === "rejected") rejected.push(piece);
      else rows.push(csvFields(records.window.bytes.toString("utf8", piece.from, piece.to), separator));
    }
  };
  for (const chunk of cut(Buffer.from(text), size)) {
    records.feed(chunk);
    drain();
  }
  records.end();
  drain();
  return { rows, rejected };
}

describe("a file of lines", () => {
  test("gives each line's value, whatever the line ends and whether the last line ends at all", () => {
    expect(readLines('\uFEFF{"a":1}\r\n\n  {"a":"й\\n"}\n\n[2]').values).toEqual([{ a: 1 }, { a: "й\n" }, [2]]);
  });

  test("a broken line is put aside with its number, the others pass", () => {
    const { values, rejected } = readLines('{"a":1}\n{"a":\n{"a":2}\n{"a":3');
    expect(values).toEqual([{ a: 1 }, { a: 2 }]);
    expect(rejected).toMatchObject([
      { reason: "broken", number: 2 },
      { reason: "cut-off", number: 4 },
    ]);
  });

  test("a line over the limit is never held", () => {
    const { values, rejected } = readLines(`{"a":1}\n{"a":"${"x".repeat(5 * ELEMENT_BYTES)}"}\n{"a":2}`, 100_000);
    expect(values).toEqual([{ a: 1 }, { a: 2 }]);
    expect(rejected).toMatchObject([{ reason: "too-long", number: 2, bytes: 5 * ELEMENT_BYTES + 8 }]);
  });
});

const quote = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

describe("a file of comma-separated values", () => {
  const field = fc.oneof(fc.string(), fc.constantFrom('"', '""', "\n", "\r\n", ",", 'a"b', "", "й;\tö"));

  test("gives the same fields as another reader, however it is cut into chunks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 5 })),
        fc.integer({ min: 1, max: 20 }),
        (rows, size) => {
          const text = rows.map((row) => row.map(quote).join(",")).join("\r\n");
          const expected: string[][] = oracle(text, {
            relax_column_count: true,
            record_delimiter: ["\n", "\r\n"],
            skip_empty_lines: true,
          });
          expect(readRecords(text, size).rows).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a quote that is never closed costs its line, not the rest of the file", () => {
    const { rows, rejected } = readRecords('a,b\n1,"lost\n2,x\n3,y\n');
    expect(rows).toEqual([
      ["a", "b"],
      ["2", "x"],
      ["3", "y"],
    ]);
    expect(rejected).toMatchObject([{ reason: "broken", number: 2 }]);
  });

  test("a quote lost before a megabyte of other lines is found as well", () => {
    const { rows, rejected } = readRecords(`a,b\n1,"lost\n${"2,x\n".repeat(500_000)}`, 65_536);
    expect(rows).toHaveLength(500_001);
    expect(rejected).toHaveLength(1);
  });

  test("a record over the limit is put aside", () => {
    const { rows, rejected } = readRecords(
      `a,b\n1,"${"x\n".repeat(10)}${"y".repeat(2 * ELEMENT_BYTES)}"\n2,x\n`,
      65_536,
    );
    expect(rows.at(-1)).toEqual(["2", "x"]);
    expect(rejected.length).toBeGreaterThan(0);
  });

  test("tabs and semicolons separate as well", () => {
    expect(readRecords('a;"b;c"\n1;2\n', 3, ";").rows).toEqual([
      ["a", "b;c"],
      ["1", "2"],
    ]);
    expect(readRecords("a\tb\n", 3, "\t").rows).toEqual([["a", "b"]]);
  });
});

test("while a large piece of a file is read, everything else gets its turn", async () => {
  const lines = new Lines();
  async function* inOnePiece() {
    yield Buffer.from(`{"text":"${"long ".repeat(100)}"}\n`.repeat(1000));
  }
  let turns = 0;
  let waiting = setImmediate(function again() {
    turns += 1;
    waiting = setImmediate(again);
  });
  let read = 0;
  for await (const _ of fed(lines, inOnePiece())) while (lines.next() !== undefined) read += 1;
  clearImmediate(waiting);
  expect(read).toBe(1000);
  expect(turns).toBeGreaterThan(20);
});
