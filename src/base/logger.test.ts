import { sql } from "kysely";
import { expect, test } from "vitest";
import { withoutWords } from "./logger.ts";
import { testDatabase } from "./testing/database.ts";

const databases = await testDatabase();

test("what members wrote does not reach the log, though the database repeats it in its errors", async () => {
  const secret = "meet me at nine";
  const failure: unknown = await sql`select ${secret}::uuid`.execute(databases.owner).catch((error: unknown) => error);
  expect(String(failure)).toContain(secret);
  const logged = JSON.stringify(withoutWords(failure));
  expect(logged).not.toContain(secret);
  expect(logged).toContain("22P02");
  expect(logged).toContain("at ");
});

test("an error of several lines leaves none of them in the log", () => {
  const logged = JSON.stringify(withoutWords(new TypeError("first line\nsecond line")));
  expect(logged).not.toContain("line\\n");
  expect(logged).not.toContain("first");
  expect(logged).toContain("TypeError");
});
