import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";

/** A write that the client may send twice without its being done twice. */
export interface RepeatableWrite {
  readonly databases: Databases;
  /** Undefined for writes that belong to no community. */
  readonly community: CommunityId | undefined;
  readonly actorId: string;
  /** The client's `Idempotency-Key`. */
  readonly key: string;
  readonly operationId: string;
  /** Neither input nor answer may be kept. */
  readonly secret: boolean;
  readonly input: unknown;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** How long an answer is kept for repeats. */
export const KEPT_HOURS = 24;
/** A write that has not answered by now never will: its process died, or its statements were cancelled at 30 s. */
const ABANDONED_MS = 60_000;

function hashOf(write: RepeatableWrite): Buffer {
  const request = write.secret ? "" : JSON.stringify(write.input);
  return createHash("sha256").update(`${write.operationId} ${request}`).digest();
}

async function inScope<T>(write: RepeatableWrite, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { databases, community } = write;
  return community === undefined ? databases.asOwner(work) : databases.asCommunity(community, work);
}

/** The table and the beginning of its key, by whether the write belongs to a community. */
function place(write: RepeatableWrite) {
  if (write.community === undefined) {
    return {
      table: sql`install_request_keys`,
      columns: sql``,
      values: sql``,
      match: sql`true`,
      target: sql`actor_id, key`,
    };
  }
  return {
    table: sql`request_keys`,
    columns: sql`community_id, `,
    values: sql`${write.community}, `,
    match: sql`community_id = ${write.community}`,
    target: sql`community_id, actor_id, key`,
  };
}

async function claim(write: RepeatableWrite, tx: Tx): Promise<boolean> {
  const { table, columns, values, target } = place(write);
  const at = new Date(write.now);
  const stale = new Date(write.now - KEPT_HOURS * 3_600_000);
  const claimed = await sql`
    insert into ${table} as k (${columns} actor_id, key, request_hash, asked_at)
    values (${values} ${write.actorId}, ${write.key}, ${hashOf(write)}, ${at})
    on conflict (${target}) do update set request_hash = excluded.request_hash, asked_at = excluded.asked_at,
      answer = null, answered_at = null where k.asked_at < ${stale}
    returning 1`.execute(tx);
  return claimed.rows.length > 0;
}

interface Earlier {
  readonly hash: Buffer;
  readonly answer: { readonly output: unknown } | null;
  readonly askedAt: Date;
}

async function earlier(write: RepeatableWrite, tx: Tx): Promise<Earlier | undefined> {
  const { table, match } = place(write);
  const found = await sql<Earlier>`
    select request_hash as hash, answer, asked_at as "askedAt" from ${table}
    where ${match} and actor_id = ${write.actorId} and key = ${write.key}`.execute(tx);
  return found.rows[0];
}

function repeat(write: RepeatableWrite, before: Earlier | undefined): unknown {
  if (before === undefined) return refuse("conflict", "request.still-running");
  if (!before.hash.equals(hashOf(write))) return refuse("conflict", "request.key-reused");
  if (before.answer !== null) return write.secret ? refuse("conflict", "request.done-before") : before.answer.output;
  const abandoned = write.now - before.askedAt.getTime() > ABANDONED_MS;
  return refuse("conflict", abandoned ? "request.outcome-unknown" : "request.still-running");
}

/**
 * Does the work once for each key: a repeat of the same request gets the stored answer, another request under the same
 * key and one that comes while the first still runs get a conflict. Work that failed may be tried again under its key.
 */
export async function once<T>(
  write: RepeatableWrite,
  work: () => Promise<T>,
): Promise<{ output: T; repeated: boolean }> {
  const isFirst = await inScope(write, (tx) => claim(write, tx));
  if (!isFirst) {
    const before = await inScope(write, (tx) => earlier(write, tx));
    // The hash covers the operation, so the stored answer has passed the same output schema.
    return { output: repeat(write, before) as T, repeated: true };
  }
  const { table, match } = place(write);
  const mine = sql`${match} and actor_id = ${write.actorId} and key = ${write.key}`;
  try {
    const output = await work();
    const answer = JSON.stringify(write.secret ? {} : { output });
    await inScope(write, (tx) =>
      sql`update ${table} set answer = ${answer}::jsonb, answered_at = now() where ${mine}`.execute(tx),
    );
    return { output, repeated: false };
  } catch (error) {
    await inScope(write, (tx) => sql`delete from ${table} where ${mine} and answered_at is null`.execute(tx));
    throw error;
  }
}
