import { sql } from "kysely";
import { expect, test } from "vitest";
import { askedTogether } from "./gathering.ts";
import { testDatabase } from "./testing/database.ts";

const { owner } = await testDatabase();

/** Ten parts of a thing: how large one is, with the number of the statement that said so. */
function parting() {
  const sizes: number[] = [];
  const partOf = askedTogether<number, { part: number; statement: number }>(async (db, asked) => {
    const statement = sizes.push(asked.length);
    const found = await sql<{ part: number }>`
      select 10 / count as part from unnest(${[...asked]}::int[]) with ordinality as a (count, n) order by n`.execute(
      db,
    );
    return found.rows.map(({ part }) => ({ part, statement }));
  });
  return { sizes, partOf };
}

test("what is asked while others are being answered is answered after them, all of it at once, each its own", async () => {
  const { sizes, partOf } = parting();
  const answers = await Promise.all([1, 2, 5, 10].map((count) => partOf(owner, count)));
  expect(answers.map(({ part }) => part)).toEqual([10, 5, 2, 1]);
  expect(answers.map(({ statement }) => statement)).toEqual([1, 2, 2, 2]);
  expect(sizes).toEqual([1, 3]);
});

test("a question that cannot be answered spoils nobody else's", async () => {
  const { partOf } = parting();
  const answers = await Promise.allSettled([1, 2, 0, 5].map((count) => partOf(owner, count)));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(await partOf(owner, 2)).toMatchObject({ part: 5 });
});
