import { sql } from "kysely";
import type { Db } from "./database.ts";
import { JOBS_SCHEMA } from "./jobs-schema.ts";

/** A job that was given up after its last retry. */
export interface FailedJob {
  readonly id: string;
  readonly job: string;
  /** What it was sent with: ids, never what people wrote. */
  readonly content: Readonly<Record<string, unknown>>;
  /** What kind of failure the last one was, as a name; its words may tell what people wrote and stay where they are. */
  readonly failure: string | null;
  /** How often it was tried. */
  readonly tries: number;
  /** Milliseconds since 1970 UTC. */
  readonly madeAt: number;
  readonly failedAt: number;
}

/** Which failed jobs are asked for. */
export interface FailedAsk {
  /** The jobs that this version of Veche knows. */
  readonly names: readonly string[];
  /** `failedAt` and `id` of the last one seen. */
  readonly after: readonly [number, string] | undefined;
  readonly limit: number;
}

const jobTable = sql.raw(`${JOBS_SCHEMA}.job`);

/** Jobs by the clock are sent with nothing. Of those the last failure counts, and none once a later run went well. */
const standing = (names: readonly string[]) => sql`
  select distinct on (name, case when coalesce(data, '{}') = '{}' then null else id end)
    id, name as job, coalesce(data, '{}') as content, output ->> 'name' as failure, retry_count + 1 as tries,
    (extract(epoch from created_on) * 1000)::float8 as "madeAt",
    floor(extract(epoch from completed_on) * 1000)::float8 as "failedAt"
  from ${jobTable} as given_up
  where state = 'failed' and name = any(${names}::text[])
    and not (coalesce(data, '{}') = '{}' and exists (
      select from ${jobTable} as later
      where later.name = given_up.name and later.state = 'completed' and later.completed_on > given_up.completed_on))
  order by name, case when coalesce(data, '{}') = '{}' then null else id end, completed_on desc`;

/** What was given up and still stands, the latest first. The queue keeps it for seven days. */
export async function listFailedJobs(db: Db, { names, after, limit }: FailedAsk): Promise<FailedJob[]> {
  const older = after === undefined ? sql`` : sql`where ("failedAt", id) < (${after[0]}, ${after[1]}::uuid)`;
  const found = await sql<FailedJob>`
    select * from (${standing(names)}) as failed ${older} order by "failedAt" desc, id desc limit ${limit}`.execute(db);
  return found.rows;
}

/** How much was given up and still stands. */
export async function countFailedJobs(db: Db, names: readonly string[]): Promise<number> {
  const counted = await sql<{ n: number }>`select count(*)::int as n from (${standing(names)}) as failed`.execute(db);
  return counted.rows[0]?.n ?? 0;
}

/** A failed job as it would be sent once more. */
export type GivenUp = Pick<FailedJob, "id" | "job" | "content"> & {
  /** Of the jobs with one key, one at a time may wait or run. */
  readonly key: string | null;
};

/** Failed jobs by their ids; what has been settled since is left out. */
export async function failedJobsById(db: Db, ids: readonly string[]): Promise<GivenUp[]> {
  const found = await sql<GivenUp>`
    select id, name as job, coalesce(data, '{}') as content, singleton_key as key from ${jobTable}
    where state = 'failed' and id = any(${ids}::uuid[]) order by id`.execute(db);
  return found.rows;
}
