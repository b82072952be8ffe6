import { sql } from "kysely";
import { expect, test } from "vitest";
import { provenCommunity } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { resealColumn } from "#src/base/resealing.ts";
import { openSecrets } from "#src/base/secrets.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { ensureHasher, readHasher } from "#src/platforms/store/erased.ts";
import { sealedColumns } from "#src/sealed-columns.ts";

const databases = await testDatabase();
const old = "o".repeat(40);
const young = "y".repeat(40);
const NOW = Date.UTC(2026, 10, 22);
const signal = new AbortController().signal;

async function writeLetters(texts: readonly string[]): Promise<void> {
  for (const [n, sealed] of texts.entries())
    await sql`
      insert into letters (id, kind, state, sealed, made_at, expires_at)
      values (${letterId(n)}, 'trial', 'waiting', ${sealed}, now(), now())`.execute(databases.owner);
}

const letterId = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const letters = sealedColumns.filter(({ table }) => table === "letters");

async function sealedLetters(): Promise<string[]> {
  const found = await sql<{ sealed: string }>`select sealed from letters order by id`.execute(databases.owner);
  return found.rows.map((row) => row.sealed);
}

async function reseal(roots: readonly string[], until = signal) {
  const [column] = letters;
  if (column === undefined) throw new Error("letters are sealed nowhere");
  return resealColumn(databases.owner, column, { secrets: openSecrets(roots), signal: until });
}

test("every column that holds something sealed can be sealed anew", async () => {
  const found = await sql<{ table: string; column: string; key: string[] }>`
    select c.table_name as table, c.column_name as column, array(
      select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
      where i.indisprimary and i.indrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
      order by array_position(i.indkey::int2[], a.attnum))::text[] as key
    from information_schema.columns c
    where c.table_schema = 'public' and c.column_name like '%sealed%' and c.data_type in ('text', 'bytea', 'jsonb')
    order by 1, 2`.execute(databases.owner);
  const listed = sealedColumns.map(({ table, column, key }) => ({ table, column, key }));
  expect(listed.toSorted((a, b) => (a.table < b.table ? -1 : 1))).toEqual(found.rows);
});

test("after the secret was changed everything opens with the new one alone, in two runs as in one", async () => {
  const before = openSecrets([old]);
  const count = 1203;
  await writeLetters(Array.from({ length: count }, (_, n) => before.seal(`letter ${n}`, `letters/${letterId(n)}`)));
  const stopper = new AbortController();
  stopper.abort();
  const stopped = await reseal([young, old], stopper.signal);
  expect(stopped.resealed).toBeLessThan(count);
  expect(await reseal([young, old])).toMatchObject({ resealed: count - stopped.resealed, current: stopped.resealed });
  expect(await reseal([young, old])).toMatchObject({ resealed: 0, current: count, broken: 0 });
  const after = openSecrets([young]);
  for (const [n, sealed] of (await sealedLetters()).entries())
    expect(after.open(sealed, `letters/${letterId(n)}`)).toBe(`letter ${n}`);
});

test("what opens with no secret is counted and left as it is", async () => {
  const [first = ""] = await sealedLetters();
  const strange = openSecrets(["s".repeat(40)]).seal("strange", `letters/${letterId(1)}`);
  await sql`update letters set sealed = ${strange} where id = ${letterId(1)}`.execute(databases.owner);
  expect(await reseal([old, young])).toMatchObject({ broken: 1, resealed: 1202 });
  expect((await sealedLetters())[1]).toBe(strange);
  expect((await sealedLetters())[0]).not.toBe(first);
});

test("the key by which erased people are known again is sealed for its community", async () => {
  const community = newId(NOW);
  await sql`insert into communities (id, slug, name, language, time_zone, created_at)
    values (${community}, 'sealed', 'Sealed', 'en', 'UTC', now())`.execute(databases.owner);
  const id = provenCommunity(community);
  const mark = { kind: "name", platform: "telegram", value: "wren" } as const;
  const hash = await databases.asOwner((tx) => ensureHasher(tx, id, openSecrets([old])));
  for (const column of sealedColumns.filter(({ table }) => table === "erasure_keys"))
    await resealColumn(databases.owner, column, { secrets: openSecrets([young, old]), signal });
  const again = await databases.asOwner((tx) => readHasher(tx, id, openSecrets([young])));
  expect(again?.(mark)).toEqual(hash(mark));
});
