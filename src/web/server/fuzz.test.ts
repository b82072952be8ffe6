import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenAPI } from "@orpc/openapi";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { router } from "#src/app-router.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { consumers } from "#src/consumers.ts";
import { importHistory } from "#src/imports/actions.ts";
import { imports } from "#src/imports/feature.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { describeApi } from "./openapi.ts";
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

function isSchema(schema: unknown): schema is OpenAPI.SchemaObject & object {
  return typeof schema === "object" && schema !== null;
}

/** Values that a schema takes, more or less: what a careless or curious program would send. */
function valueOf(schema: unknown): fc.Arbitrary<unknown> {
  if (!isSchema(schema)) return fc.anything();
  const { type, enum: choices, format, anyOf, minimum, maximum } = schema;
  if (choices !== undefined) return fc.constantFrom(...(choices as unknown[]));
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(valueOf));
  if (type === "array") return fc.array("items" in schema ? valueOf(schema.items) : fc.string(), { maxLength: 4 });
  if (type === "boolean") return fc.boolean();
  if (type === "integer") return fc.integer({ min: Math.max(minimum ?? -9, -1e6), max: Math.min(maximum ?? 1e6, 1e6) });
  if (type === "number") return fc.double();
  if (type === "object") return fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
  if (format === "uuid") return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === "date") return fc.constantFrom("2026-01-01", "2026-01-10", "2026-01-20", "1970-01-01", "2099-12-31");
  if (format === "email") return fc.emailAddress();
  return fc.oneof(fc.constantFrom("tea", "figures", "day", "2026-01-05", ...ids), fc.string({ maxLength: 30 }));
}

interface Field {
  readonly name: string;
  readonly place: "path" | "query" | "body";
  readonly value: fc.Arbitrary<unknown>;
  readonly required: boolean;
}

function fieldsOf(operation: OpenAPI.OperationObject): Field[] {
  const parameters = (operation.parameters ?? []).flatMap((each) =>
    "in" in each && each.in !== "header" ? [each] : [],
  );
  const body = operation.requestBody;
  const schema = body !== undefined && "content" in body ? body.content["application/json"]?.schema : undefined;
  const inBody = isSchema(schema) ? Object.entries(schema.properties ?? {}) : [];
  return [
    ...parameters.map(({ name, in: place, schema: shape, required = false }): Field => {
      const value = name === "community" ? fc.constantFrom(community.slug) : valueOf(shape);
      return { name, place: place === "path" ? "path" : "query", value, required };
    }),
    ...inBody.map(([name, shape]): Field => {
      return {
        name,
        place: "body",
        value: valueOf(shape),
        required: (isSchema(schema) && schema.required?.includes(name)) ?? false,
      };
    }),
  ];
}

/** One request: mostly sensible, often with one thing wrong, sometimes with everything. */
function requestOf(fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
  const sane = Object.fromEntries(
    fields.map(({ name, value, required }) => [name, required ? value : fc.option(value, { nil: undefined })]),
  );
  const open = fields.filter(({ name }) => name !== "community");
  const one = open.length === 0 ? fc.constant({}) : fc.oneof(...open.map(({ name }) => fc.record({ [name]: hostile })));
  const all = fc.record(
    Object.fromEntries(open.map(({ name, place }) => [name, place === "body" ? fc.anything() : hostile])),
  );
  return fc
    .tuple(fc.record(sane), fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: one }, all))
    .map(([base, wrong]) => ({ ...base, ...wrong }));
}

function textFor(value: unknown): string {
  return typeof value === "string" ? value.toWellFormed() : (JSON.stringify(value) ?? "");
}

function addressOf(path: string, fields: readonly Field[], values: Record<string, unknown>): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textFor(values[name])) || "%20");
  const query = new URLSearchParams();
  for (const { name, place } of fields) {
    const value = values[name];
    if (place !== "query" || value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, textFor(each));
  }
  return `${filled}?${query.toString()}`;
}

const document = await describeApi(router, imports.rawRoutes, "0.0.0");
const verbs = ["get", "post", "put", "patch", "delete"] as const;
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  verbs.flatMap((verb) => {
    const operation = item?.[verb];
    return operation === undefined ? [] : [{ name: operation.operationId ?? "", path, verb, operation }];
  }),
);

test.each(operations)("$name never breaks, whatever it is sent", async ({ path, verb, operation }) => {
  const fields = fieldsOf(operation);
  const inBody = fields.filter((field) => field.place === "body");
  const check = fc.asyncProperty(requestOf(fields), async (values) => {
    const body = Object.fromEntries(
      inBody.map(({ name }) => [name, values[name]]).filter(([, value]) => value !== undefined),
    );
    const as = await sessionCookie(site, owner);
    const answer = await ask(site, addressOf(path, fields, values), {
      method: verb.toUpperCase(),
      as,
      ...(inBody.length > 0 ? { body } : {}),
    });
    expect({ values, status: Math.floor(answer.status / 100), number: textOf(answer, "number") }).not.toMatchObject({
      status: 5,
    });
  });
  await fc.assert(check, { numRuns: RUNS });
});
