import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { provenCommunity } from "#src/base/community-id.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { consumers } from "#src/consumers.ts";
import { importHistory } from "#src/imports/actions.ts";
import { features } from "#src/features.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { addressOf, bodyOf, type Field, fieldsOf, operationsOf, saneRequestOf } from "./testing/requests.ts";
import { addTestCommunity, addTestPerson, ask, sessionCookie, testSite, textOf } from "./testing/site.ts";

/** Requests for each operation; `VECHE_FUZZ=1000` makes a long run of it. The seed is printed when something breaks. */
const RUNS = Number(process.env["VECHE_FUZZ"] ?? 15);

const databases = await testDatabase();
const site = await testSite(databases, { limits: { take: () => undefined }, consumers });
const community = await addTestCommunity(databases, "Fuzz");
const owner = await addTestPerson(databases, { isInstallOwner: true });

async function addHistory(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "veche-fuzz-"));
  const lines = Array.from({ length: 60 }, (_, i) => {
    const sentAt = new Date(Date.UTC(2026, 0, 1 + (i % 20), i % 24)).toISOString();
    return JSON.stringify({
      id: `${i}`,
      space: "tea",
      sentAt,
      authorId: `u${i % 7}`,
      text: i % 3 === 0 ? "How?" : "So.",
      replyTo: `${i - 1}`,
    });
  });
  const file = join(folder, "tea.jsonl");
  writeFileSync(file, lines.join("\n"));
  const id = provenCommunity(community.id);
  const { signal } = new AbortController();
  await importHistory({ databases, community: id, file, timeZone: "UTC", signal });
  for (const consumer of [...consumers, ...consumers])
    await readLog(databases, consumer, { community: id, holder: newHolder() });
  rmSync(folder, { recursive: true });
}

async function idsOf(table: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from ${sql.table(table)} limit 5`.execute(databases.owner);
  return found.rows.map((row) => row.id);
}

await addHistory();
const ids = (await Promise.all(["spaces", "members", "messages", "imports"].map(idsOf))).flat();

const hostile = fc.oneof(
  fc.constantFrom(
    "",
    "\0",
    "\ud800",
    "'; drop table members; --",
    "%",
    "_",
    "\\",
    "../../etc/passwd",
    "${7*7}",
    "9".repeat(400),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "-1",
    "0",
    "1e308",
    "9007199254740993",
    "NaN",
    "-0",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "+275760-09-13",
  ),
);

/** One request: mostly sensible, often with one thing wrong, sometimes with everything. */
function requestOf(fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
  const open = fields.filter(({ name }) => name !== "community");
  const one = open.length === 0 ? fc.constant({}) : fc.oneof(...open.map(({ name }) => fc.record({ [name]: hostile })));
  const all = fc.record(
    Object.fromEntries(open.map(({ name, place }) => [name, place === "body" ? fc.anything() : hostile])),
  );
  return fc
    .tuple(
      saneRequestOf(fields),
      fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: one }, all),
    )
    .map(([base, wrong]) => ({ ...base, ...wrong }));
}

const operations = await operationsOf(features.flatMap((feature) => feature.rawRoutes));

test.each(operations)("$name never breaks, whatever it is sent", async ({ path, verb, operation }) => {
  const fields = fieldsOf(operation, { slug: community.slug, ids });
  const check = fc.asyncProperty(requestOf(fields), async (values) => {
    const body = bodyOf(fields, values);
    const as = await sessionCookie(site, owner);
    const answer = await ask(site, addressOf(path, fields, values), {
      method: verb.toUpperCase(),
      as,
      ...(body === undefined ? {} : { body }),
    });
    expect({ values, status: Math.floor(answer.status / 100), number: textOf(answer, "number") }).not.toMatchObject({
      status: 5,
    });
  });
  await fc.assert(check, { numRuns: RUNS });
});
