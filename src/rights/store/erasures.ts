import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { ErasureReport, ErasureState } from "../model.ts";

/** Where an erasure goes on after a stop. */
export interface ErasureResume {
  readonly step: "messages" | "tables" | "counting" | "done";
  /** The last message looked at. */
  readonly after: string;
  /** The fact that consumers have to have read. */
  readonly seq: number;
}

/** An erasure as it is kept. */
export interface ErasureRow {
  readonly id: string;
  readonly memberId: string;
  readonly state: ErasureState;
  /** What the person was called, sealed; null when nothing of it is left. */
  readonly sealed: string | null;
  readonly resume: ErasureResume;
  readonly report: ErasureReport;
  readonly failure: string | null;
  readonly askedBy: string | null;
  readonly askedAt: Date;
  readonly finishedAt: Date | null;
}

const columns = sql`
  id, member_id as "memberId", state, sealed, resume, report, failure, asked_by as "askedBy", asked_at as "askedAt",
  finished_at as "finishedAt"`;

/** Adds an erasure that waits for its job. */
export async function addErasure(
  tx: Tx,
  community: CommunityId,
  row: Pick<ErasureRow, "id" | "memberId" | "sealed" | "resume" | "report" | "askedBy"> & { readonly at: number },
): Promise<void> {
  await sql`
    insert into erasures (community_id, id, member_id, state, sealed, resume, report, asked_by, asked_at)
    values (${community}, ${row.id}, ${row.memberId}, 'waiting', ${row.sealed}, ${JSON.stringify(row.resume)}::jsonb,
      ${JSON.stringify(row.report)}::jsonb, ${row.askedBy}, ${new Date(row.at)})`.execute(tx);
}

/** An erasure by its id. */
export async function findErasure(db: Db | Tx, community: CommunityId, id: string): Promise<ErasureRow | undefined> {
  const found = await sql<ErasureRow>`
    select ${columns} from erasures where community_id = ${community} and id = ${id}`.execute(db);
  return found.rows[0];
}

/** As `findErasure`, and nobody else goes on with it until the transaction ends. */
export async function lockErasure(tx: Tx, community: CommunityId, id: string): Promise<ErasureRow | undefined> {
  const found = await sql<ErasureRow>`
    select ${columns} from erasures where community_id = ${community} and id = ${id} for update`.execute(tx);
  return found.rows[0];
}

/** The erasure of a person, if there is one. */
export async function erasureOfPerson(
  db: Db | Tx,
  community: CommunityId,
  personId: string,
): Promise<ErasureRow | undefined> {
  const found = await sql<ErasureRow>`
    select ${columns} from erasures where community_id = ${community} and member_id = ${personId}`.execute(db);
  return found.rows[0];
}

/** Erasures, the newest first, those before `before` when it is given. */
export async function listErasures(
  tx: Tx,
  community: CommunityId,
  page: { before: string | undefined; limit: number },
): Promise<ErasureRow[]> {
  const found = await sql<ErasureRow>`
    select ${columns} from erasures where community_id = ${community}
      and (${page.before ?? null}::uuid is null or id < ${page.before ?? null}::uuid)
    order by id desc limit ${page.limit}`.execute(tx);
  return found.rows;
}

/** Erasures of all communities that are not at their end. */
export async function unfinishedErasures(db: Db): Promise<{ community: string; id: string }[]> {
  const found = await sql<{ community: string; id: string }>`
    select community_id as community, id from erasures e where state in ('waiting', 'running')
      and not exists (select from communities d where d.id = e.community_id and d.deleted_at is not null) order by id`.execute(
    db,
  );
  return found.rows;
}

/** What changes of an erasure; what is missing stays, save a failure, which goes. */
export interface ErasureChange {
  readonly state?: ErasureState;
  readonly resume?: ErasureResume;
  readonly report?: ErasureReport;
  readonly failure?: string | null;
  readonly finishedAt?: number;
}

/** Writes how far an erasure is. One that is done forgets what the person was called. */
export async function saveErasure(
  tx: Tx,
  community: CommunityId,
  { id, ...change }: ErasureChange & { readonly id: string },
): Promise<void> {
  const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value));
  const { state = null, failure } = change;
  await sql`
    update erasures set state = coalesce(${state}, state), resume = coalesce(${json(change.resume)}::jsonb, resume),
      report = coalesce(${json(change.report)}::jsonb, report), failure = ${failure ?? null},
      finished_at = ${change.finishedAt === undefined ? null : new Date(change.finishedAt)},
      sealed = case when ${state}::text = 'done' then null else sealed end
    where community_id = ${community} and id = ${id}`.execute(tx);
}

/**
 * Whether every consumer of the community has read its log up to a fact. With `living`, only those that were at work in
 * the last minutes: an older version of Veche may have left the cursor of a consumer that is no more.
 */
export async function allHaveRead(
  db: Db,
  community: CommunityId,
  { seq, living = false }: { readonly seq: number; readonly living?: boolean },
): Promise<boolean> {
  const found = await sql`
    select from cursors c where c.community_id = ${community} and c.seq < ${seq} and (not ${living} or exists (
      select from consumer_leases l where l.community_id = c.community_id and l.consumer = c.consumer
        and l.held_until > now() - interval '3 minutes')) limit 1`.execute(db);
  return found.rows.length === 0;
}
