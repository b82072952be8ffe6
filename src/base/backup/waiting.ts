import { sql } from "kysely";
import type { Tx } from "../database.ts";
import { JOBS_SCHEMA } from "../jobs-schema.ts";

/** What a backup carries of the queue: a query for its rows, in the columns of `held_work`, and how many there are. */
export interface WaitingWork {
  readonly query: string;
  readonly count: number;
}

/** The columns of `held_work` that a backup fills. */
export const HELD_COLUMNS = "id, job, content, key, due_at";

/** Jobs by the clock hold nothing: they come again by themselves. */
const QUEUED = `select id, name as job, data as content, singleton_key as key, start_after as due_at from ${JOBS_SCHEMA}.job
  where state in ('created', 'retry', 'active') and coalesce(data, '{}') <> '{}'`;

/** Of an install that is held itself: what nobody has dropped. */
const HELD = `select ${HELD_COLUMNS} from held_work where decision is distinct from 'drop'`;

/** Work that was asked for and is not done. */
export async function waitingWork(tx: Tx): Promise<WaitingWork> {
  const queue = await sql<{ there: boolean }>`
    select to_regclass(${`${JOBS_SCHEMA}.job`}) is not null as there`.execute(tx);
  const query = queue.rows[0]?.there ? `${QUEUED} union all ${HELD}` : HELD;
  const counted = await sql<{ n: number }>`select count(*) as n from (${sql.raw(query)}) as waiting`.execute(tx);
  return { query, count: counted.rows[0]?.n ?? 0 };
}
