import { sql } from "kysely";
import type { Db } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";

/** Two processes that make partitions wait for each other on this lock. */
const LOCK = 5_021_304;

/** A month, counted from January of year 0. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}

function nameOf(month: number): string {
  return `messages_${Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, "0")}`;
}

/**
 * Makes sure that the messages of these months have their partition. Each is built apart and then attached, which,
 * unlike making it in place, does not lock out those who read and write meanwhile.
 */
export async function ensureMonths(owner: Db, months: readonly number[]): Promise<void> {
  const names = months.map(nameOf);
  const there = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'messages'::regclass and c.relname = any(${names})`.execute(owner);
  const known = new Set(there.rows.map((row) => row.name));
  for (const month of months.filter((each) => !known.has(nameOf(each)))) await makeMonth(owner, month);
}

async function makeMonth(owner: Db, month: number): Promise<void> {
  const name = nameOf(month);
  await owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    const there = await sql`
      select from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'messages'::regclass and c.relname = ${name}`.execute(tx);
    if (there.rows.length > 0) return;
    await sql
      .raw(`create table ${name} (like messages including defaults including constraints including indexes)`)
      .execute(tx);
    const [from, to] = [idAt(startOf(month)), idAt(startOf(month + 1))];
    await sql.raw(`alter table messages attach partition ${name} for values from ('${from}') to ('${to}')`).execute(tx);
  });
}

/** Makes the partitions of this month and the next two, so that no live message waits for one. Run daily. */
export async function makeMonthsAhead(owner: Db, now: number): Promise<void> {
  const month = monthOf(now);
  await ensureMonths(owner, [month, month + 1, month + 2]);
}
