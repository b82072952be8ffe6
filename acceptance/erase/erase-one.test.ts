import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { eraseOne } from "./erase-one.ts";

const databases = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "veche-erase-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a person who is everywhere is taken along whole, erased whole, and does not come back", async () => {
  const ground = { databases, secrets: testSecrets, messages: 12_000, folder, logs: [], say: () => undefined };
  const figures = await eraseOne(ground);
  expect(figures.filter(({ holds }) => !holds)).toEqual([]);
}, 120_000);
