import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { copyInto } from "./copy.ts";

const databases = await testDatabase();

const ID = "0193a5f2-7c01-7abc-8def-00112233445f";

/** What PostgreSQL makes of cells that COPY brought, in the order of the things. */
async function stored(texts: readonly (string | undefined)[]): Promise<unknown[]> {
  return databases.copying(async (tx, connection) => {
    await sql`create temp table copied (at int, text text, details jsonb) on commit drop`.execute(tx);
    await copyInto(connection, "copied", {
      of: texts.map((text, at) => ({ text, at })),
      write: (rows, { text, at }) => {
        rows.begin(3);
        rows.integer(at);
        rows.text(text);
        rows.json(text === undefined ? undefined : { [`key ${at}`]: [text, at] });
      },
    });
    const found = await sql<{ text: unknown; details: unknown }>`select text, details from copied order by at`.execute(
      tx,
    );
    return found.rows.map(({ text, details }) => [text, details]);
  });
}

test("every text comes out of the database as it went in, and what no database keeps as the sign for it", async () => {
  const kept = [
    "",
    "ok",
    "\\N",
    "a\tb\\\n\r",
    "ёлка «и»",
    "🎉".repeat(9),
    "x".repeat(25),
    "вече ".repeat(60_000),
    "\\.",
  ];
  const mended = ["a\0b", `${"long ".repeat(9)}\0`, "half \ud83d of one", "\0"];
  const whole = mended.map((text) => text.toWellFormed().replaceAll("\0", "\ufffd"));
  const expected = [...kept, ...whole].map((text, at) => [text, { [`key ${at}`]: [text, at] }]);
  expect(await stored([...kept, ...mended])).toEqual(expected);
  expect(await stored([undefined])).toEqual([[null, null]]);
  expect(await stored([])).toEqual([]);
});

test("ids, instants, numbers and truths come out of the database as they went in", async () => {
  const instants = [Date.UTC(1969, 6, 20, 20, 17, 40, 123), -1, 0, Date.UTC(2000, 0, 1), Date.UTC(2026, 10, 22) + 0.75];
  const found = await databases.copying(async (tx, connection) => {
    await sql`create temp table copied (id uuid, ids uuid[], at timestamptz, number int, truth bool) on commit drop`.execute(
      tx,
    );
    await copyInto(connection, "copied", {
      of: instants,
      write: (rows, at) => {
        rows.begin(5);
        rows.uuid(at < 0 ? undefined : ID.toUpperCase());
        rows.uuidList(ID);
        rows.instant(at);
        rows.integer(-at % 1000);
        rows.isTrue(at < 0);
      },
    });
    return sql<{
      id: unknown;
      ids: unknown;
      at: Date;
      number: number;
      truth: boolean;
    }>`select * from copied order by at`.execute(tx);
  });
  const expected = instants.map((at) => ({
    id: at < 0 ? null : ID,
    ids: [ID],
    at: new Date(Math.floor(at)),
    number: Math.trunc(-at % 1000) + 0,
    truth: at < 0,
  }));
  expect(found.rows).toEqual(expected);
});
