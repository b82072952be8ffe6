import { sql } from "kysely";
import type { Db, Tx } from "../database.ts";
import { refuse } from "../refusal.ts";

/**
 * Since when an install is held after a restore, and how old the backup was. While it is held, background work that
 * could send, award or erase does not run: another install may have done it since the backup was taken.
 */
export interface Hold {
  /** Milliseconds since 1970 UTC, as `heldSince`. */
  readonly takenAt: number;
  readonly heldSince: number;
}

/** The hold; undefined when there is none. */
export async function currentHold(db: Db): Promise<Hold | undefined> {
  const found = await sql<{ takenAt: Date; heldSince: Date }>`
    select taken_at as "takenAt", held_since as "heldSince" from install_hold`.execute(db);
  const [row] = found.rows;
  return row && { takenAt: row.takenAt.getTime(), heldSince: row.heldSince.getTime() };
}

export type Decision = "go" | "drop";

/** A piece of work that waited when the backup was taken. */
export interface HeldWork {
  readonly id: string;
  /** The name of the job. */
  readonly job: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly key: string | null;
  /** Milliseconds since 1970 UTC. */
  readonly dueAt: number;
  readonly decision: Decision | null;
}

/** Puts work to a person that no queue holds: what a job by the clock would do at once. What is there already stays. */
export async function holdWork(
  db: Db,
  job: string,
  work: readonly { readonly id: string; readonly content: Readonly<Record<string, string>> }[],
): Promise<void> {
  const rows = work.map(({ id, content }) => ({ id, content }));
  await sql`
    insert into held_work (id, job, content, due_at)
    select w.id, ${job}, w.content, now() from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) w (id uuid, content jsonb)
    on conflict (id) do nothing`.execute(db);
}

/** How many pieces of work wait, and how many of them nobody has decided about. */
export async function heldCounts(db: Db): Promise<{ all: number; undecided: number }> {
  const found = await sql<{ all: number; undecided: number }>`
    select count(*) as all, count(*) filter (where decision is null) as undecided from held_work`.execute(db);
  return found.rows[0] ?? { all: 0, undecided: 0 };
}

/** The work in the order in which it is due, from behind `after` on. */
export async function heldWork(
  db: Db,
  page: { after: readonly [number, string] | undefined; limit: number },
): Promise<HeldWork[]> {
  const { after, limit } = page;
  const behind =
    after === undefined
      ? sql`true`
      : sql`(date_trunc('milliseconds', due_at), id) > (${new Date(after[0])}, ${after[1]}::uuid)`;
  const found = await sql<Omit<HeldWork, "dueAt"> & { dueAt: Date }>`
    select id, job, content, key, date_trunc('milliseconds', due_at) as "dueAt", decision from held_work
    where ${behind} order by date_trunc('milliseconds', held_work.due_at), id limit ${limit}`.execute(db);
  return found.rows.map((row) => ({ ...row, dueAt: row.dueAt.getTime() }));
}

/** Writes down what is to become of work when the hold ends; all of it without `ids`. Returns how much it was. */
export async function decide(
  db: Db,
  what: { ids: readonly string[] | undefined; decision: Decision | null; by: string; now: number },
): Promise<number> {
  const { ids, decision, by, now } = what;
  const these = ids === undefined ? sql`true` : sql`id = any(${ids}::uuid[])`;
  const who =
    decision === null
      ? sql`decided_by = null, decided_at = null`
      : sql`decided_by = ${by}, decided_at = ${new Date(now)}`;
  const done = await sql`update held_work set decision = ${decision}, ${who} where ${these} returning 1`.execute(db);
  return done.rows.length;
}

/**
 * Takes all work out and ends the hold; the caller sends what may go, in the same transaction. Refuses when there is
 * no hold (any more), or while something is undecided.
 */
export async function takeHeldWork(tx: Tx): Promise<HeldWork[]> {
  const hold = await sql`select from install_hold for update`.execute(tx);
  if (hold.rows.length === 0) refuse("conflict", "backup.not-held");
  const { undecided } = await heldCounts(tx);
  if (undecided > 0) refuse("conflict", "backup.undecided", { count: undecided });
  const found = await sql<Omit<HeldWork, "dueAt"> & { dueAt: Date }>`
    delete from held_work returning id, job, content, key, due_at as "dueAt", decision`.execute(tx);
  await sql`delete from install_hold`.execute(tx);
  return found.rows.map((row) => ({ ...row, dueAt: row.dueAt.getTime() }));
}
