import { sql } from "kysely";
import type { Db, Tx } from "#src/base/database.ts";
import { OUTBOX_CHANNEL } from "./outbox.ts";

/** Wakes every process that sends. */
export async function wakeOutbox(db: Db): Promise<void> {
  await sql`select pg_notify(${OUTBOX_CHANNEL}, 'clock')`.execute(db);
}

/** Every row that has not gone out, also what is due later, and what a process was sending. */
export async function unsentRows(
  db: Db,
): Promise<{ readonly id: string; readonly content: Readonly<Record<string, string>> }[]> {
  const found = await sql<{ id: string; community: string }>`
    select id, community_id as community from outbox where status in ('waiting', 'sending')`.execute(db);
  return found.rows.map(({ id, community }) => ({ id, content: { community } }));
}

/** A person decided after a restore that a row shall not go out. `now` in milliseconds since 1970 UTC. */
export async function dropUnsent(tx: Tx, id: string, now: number): Promise<void> {
  await sql`
    update outbox set status = 'dropped', held_until = null, ended_at = ${new Date(now)}
    where id = ${id} and status in ('waiting', 'sending')`.execute(tx);
}

/** Deletes what ended well before an instant (milliseconds since 1970 UTC). */
export async function forgetSent(db: Db, before: number): Promise<void> {
  await sql`delete from outbox where status in ('sent', 'dropped') and ended_at < ${new Date(before)}`.execute(db);
}
