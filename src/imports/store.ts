import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { announceChange } from "#src/log/changes.ts";
import type { FieldMap } from "./formats/format.ts";
import type { DailyNumber } from "./formats/harvest.ts";
import { type DateOrder, type ImportReport, type ImportStatus, KEPT_FILE_DAYS } from "./model.ts";

/** Under this name whoever looks at imports hears that one of them moved on. */
const TOPIC = "imports";

/** What was chosen when an import was started. */
export interface ImportOptions {
  readonly timeZone: string;
  readonly dateOrder?: DateOrder;
  readonly fields?: FieldMap;
  readonly spaces?: readonly string[];
  readonly startedByName?: string;
}

/** An import as its row holds it. Times are instants in milliseconds since 1970 UTC. */
export interface ImportRow {
  readonly id: string;
  readonly format: string;
  readonly fileName: string;
  readonly filePath: string;
  readonly fileBytes: number;
  readonly options: ImportOptions;
  readonly status: ImportStatus;
  readonly readBytes: number;
  readonly resume: unknown;
  readonly report: unknown;
  readonly failure: string | null;
  /** Whether it is known which of its messages other imports brought too. */
  readonly isTraced: boolean;
  readonly startedBy: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly heartbeatAt: Date | null;
}

const columns = sql`id, format, file_name as "fileName", file_path as "filePath", file_bytes as "fileBytes", options, status,
  read_bytes as "readBytes", resume, report, failure, is_traced as "isTraced", started_by as "startedBy", created_at as "createdAt",
  started_at as "startedAt", finished_at as "finishedAt", heartbeat_at as "heartbeatAt"`;

/** A new import, waiting for its turn. */
export interface NewImport {
  readonly format: string;
  readonly fileName: string;
  readonly filePath: string;
  readonly fileBytes: number;
  readonly options: ImportOptions;
  readonly startedBy?: string;
  readonly now: number;
}

export async function insertImport(tx: Tx | Db, community: CommunityId, made: NewImport): Promise<ImportRow> {
  const found = await sql<ImportRow>`
    insert into imports (community_id, id, format, file_name, file_path, file_bytes, options, status, started_by, created_at)
    values (${community}, ${newId(made.now)}, ${made.format}, ${made.fileName}, ${made.filePath}, ${made.fileBytes},
      ${JSON.stringify(made.options)}::jsonb, 'waiting', ${made.startedBy ?? null}, ${new Date(made.now)})
    returning ${columns}`.execute(tx);
  const [row] = found.rows;
  if (row === undefined) throw new Error("an insert returned nothing");
  return row;
}

export async function findImport(tx: Tx | Db, community: CommunityId, id: string): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    select ${columns} from imports where community_id = ${community} and id = ${id}`.execute(tx);
  return found.rows[0];
}

/** Newest first, one more than asked for. */
export async function listImports(
  tx: Tx | Db,
  community: CommunityId,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<ImportRow[]> {
  const found = await sql<ImportRow>`
    select ${columns} from imports where community_id = ${community} ${before === undefined ? sql`` : sql`and id < ${before}`}
    order by id desc limit ${limit + 1}`.execute(tx);
  return found.rows;
}

/** The import of the same file with the same choices that was not finished, if there is one. */
export async function findUnfinished(db: Db, community: CommunityId, made: NewImport): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    select ${columns} from imports where community_id = ${community} and file_path = ${made.filePath}
      and file_bytes = ${made.fileBytes} and format = ${made.format} and options = ${JSON.stringify(made.options)}::jsonb
      and status not in ('done', 'withdrawing', 'withdrawn') and coalesce(report->'withdrawn', 'null') = 'null'
    order by id desc limit 1`.execute(db);
  return found.rows[0];
}

/** The import whose turn it is: one that was broken off or is being undone, or else the longest waiting. */
export async function nextImport(db: Tx | Db, community: CommunityId): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    select ${columns} from imports
    where community_id = ${community} and status in ('waiting', 'running', 'cancelling', 'withdrawing')
    order by status = 'waiting', id limit 1`.execute(db);
  return found.rows[0];
}

/** Communities in which an import waits or was broken off by the death of its process. */
export async function communitiesWithWork(db: Db): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct community_id as id from imports
    where status in ('waiting', 'running', 'cancelling', 'withdrawing')
      and not exists (select from communities d where d.id = community_id and d.deleted_at is not null)`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Moves an import from one of the states to another; undefined when it was in none of them. */
export async function moveStatus(
  tx: Tx | Db,
  community: CommunityId,
  change: { id: string; from: readonly ImportStatus[]; to: ImportStatus; now: number },
): Promise<ImportRow | undefined> {
  const { id, from, to } = change;
  const now = new Date(change.now);
  const ended = to === "done" || to === "failed" || to === "cancelled" || to === "withdrawn";
  const found = await sql<ImportRow>`
    update imports set status = ${to}, heartbeat_at = ${now},
      started_at = case when ${to === "running"} then coalesce(started_at, ${now}) else started_at end,
      finished_at = case when ${ended} then ${now}::timestamptz when ${to === "cancelling"} then finished_at end,
      failure = case when ${to === "failed"} then failure end
    where community_id = ${community} and id = ${id} and status = any(${[...from]}) returning ${columns}`.execute(tx);
  await announceChange(tx, community, TOPIC);
  return found.rows[0];
}

/** Where an import stands after a batch. */
export interface Progress {
  readonly id: string;
  readonly readBytes: number;
  readonly resume: unknown;
  readonly report: ImportReport;
  readonly now: number;
}

/**
 * Saves how far an import is, in the transaction of the batch; says in which state the import is by now. That transaction
 * does not wait for the disk: after a power cut the import goes on a few batches earlier. Its end does wait, for all of it.
 */
export async function saveProgress(
  tx: Tx,
  community: CommunityId,
  progress: Progress,
): Promise<ImportStatus | undefined> {
  const found = await sql<{ status: ImportStatus }>`
    update imports set read_bytes = ${progress.readBytes}, resume = ${JSON.stringify(progress.resume)}::jsonb,
      report = ${JSON.stringify(progress.report)}::jsonb, heartbeat_at = ${new Date(progress.now)}
    where community_id = ${community} and id = ${progress.id}
    returning status, set_config('synchronous_commit', 'off', true)`.execute(tx);
  await announceChange(tx, community, TOPIC);
  return found.rows[0]?.status;
}

/** Saves the report of an import that is being undone. */
export async function saveReport(
  tx: Tx,
  community: CommunityId,
  { id, report, now }: { id: string; report: ImportReport; now: number },
): Promise<void> {
  await sql`
    update imports set report = ${JSON.stringify(report)}::jsonb, heartbeat_at = ${new Date(now)}, failure = null
    where community_id = ${community} and id = ${id}`.execute(tx);
  await announceChange(tx, community, TOPIC);
}

export async function saveFailure(
  tx: Tx | Db,
  community: CommunityId,
  { id, failure }: { id: string; failure: string },
): Promise<void> {
  await sql`update imports set failure = ${failure} where community_id = ${community} and id = ${id}`.execute(tx);
}

/** Stores numbers of days; of two for one day in a file the later stays. */
export async function storeNumbers(
  tx: Tx,
  community: CommunityId,
  { importId, numbers }: { importId: string; numbers: readonly DailyNumber[] },
): Promise<void> {
  if (numbers.length === 0) return;
  const distinct = new Map(numbers.map((each) => [JSON.stringify([each.metric, each.space, each.day]), each]));
  await sql`
    insert into daily_numbers (community_id, metric, space_name, day, import_id, value)
    select ${community}, n.metric, n.space, n.day, ${importId}, n.value
    from jsonb_to_recordset(${JSON.stringify([...distinct.values()])}::jsonb) as n (metric text, space text, day int, value bigint)
    on conflict (community_id, metric, space_name, day, import_id) do update set value = excluded.value`.execute(tx);
}

/** Something that could not be taken in. */
export interface Kept {
  readonly position: number;
  readonly reason: string;
  readonly bytes: number;
  readonly raw: Buffer;
}

export async function keepPieces(
  tx: Tx,
  community: CommunityId,
  { importId, source, pieces, now }: { importId: string; source: string; pieces: readonly Kept[]; now: number },
): Promise<void> {
  if (pieces.length === 0) return;
  await sql`
    insert into quarantine (community_id, id, source, import_id, position, reason, bytes, raw, quarantined_at)
    select ${community}, q.id, ${source}, ${importId}, q.position, q.reason, q.bytes, q.raw, ${new Date(now)}
    from unnest(${pieces.map(() => newId(now))}::uuid[], ${pieces.map((piece) => piece.position)}::bigint[],
      ${pieces.map((piece) => piece.reason)}::text[], ${pieces.map((piece) => piece.bytes)}::bigint[],
      ${pieces.map((piece) => piece.raw)}::bytea[]) q (id, position, reason, bytes, raw)`.execute(tx);
}

/** A broken piece as it is shown. */
export interface KeptRow extends Kept {
  readonly id: string;
  readonly at: Date;
}

/** In the order of the file, one more than asked for. */
export async function listPieces(
  tx: Tx | Db,
  community: CommunityId,
  ask: { importId: string; reason: string | undefined; after: readonly [number, string] | undefined; limit: number },
): Promise<KeptRow[]> {
  const { importId, reason, after, limit } = ask;
  const found = await sql<KeptRow>`
    select id, position, reason, bytes, raw, quarantined_at as at from quarantine
    where community_id = ${community} and import_id = ${importId}
      ${reason === undefined ? sql`` : sql`and reason = ${reason}`}
      ${after === undefined ? sql`` : sql`and (position, id) > (${after[0]}::bigint, ${after[1]}::uuid)`}
    order by position, id limit ${limit + 1}`.execute(tx);
  return found.rows;
}

/** The spaces of a platform by their external ids, for showing an import. */
export async function spaceIds(
  tx: Tx | Db,
  community: CommunityId,
  ask: { platform: string; externalIds: readonly string[] },
): Promise<Map<string, string>> {
  const found = await sql<{ id: string; externalId: string }>`
    select id, external_id as "externalId" from spaces where community_id = ${community} and platform = ${ask.platform}
      and external_id = any(${[...ask.externalIds]})`.execute(tx);
  return new Map(found.rows.map((row) => [row.externalId, row.id]));
}

/** People whose accounts were made since then and who do not count as bots. */
export async function peopleMadeSince(
  tx: Tx,
  community: CommunityId,
  ask: { platform: string; externalIds: readonly string[]; since: Date },
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct m.id from identities i join members m on m.community_id = i.community_id and m.id = i.member_id
    where i.community_id = ${community} and i.platform = ${ask.platform} and i.external_id = any(${[...ask.externalIds]})
      and i.created_at >= ${ask.since} and not m.is_bot`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Whether these consumers have read all there is in the community's log; false when none is named. */
export async function isLogRead(tx: Tx | Db, community: CommunityId, consumers: readonly string[]): Promise<boolean> {
  const found = await sql<{ read: boolean }>`
    select coalesce(bool_and(coalesce(c.seq, 0) >= coalesce(h.seq, 0)), false) as read
    from unnest(${[...consumers]}::text[]) n (name)
    left join cursors c on c.community_id = ${community} and c.consumer = n.name
    left join log_heads h on h.community_id = ${community}`.execute(tx);
  return found.rows[0]?.read ?? false;
}

/** The files that imports may still need, in all communities: of those under way, and of those that put something aside lately. */
export async function filesInNeed(db: Db, now: number): Promise<string[]> {
  const since = new Date(now - KEPT_FILE_DAYS * 86_400_000);
  const found = await sql<{ path: string }>`
    select distinct file_path as path from imports where status in ('waiting', 'running', 'cancelling')
      or (status = 'done' and finished_at > ${since} and report->'skipped' not in ('{}'))`.execute(db);
  return found.rows.map((row) => row.path);
}

/** Puts a finished import in line again, from the beginning of its file, and forgets what it had put aside. */
export async function beginAnew(
  tx: Tx | Db,
  community: CommunityId,
  { id, report, now }: { id: string; report: ImportReport; now: number },
): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    update imports set status = 'waiting', read_bytes = 0, resume = null, report = ${JSON.stringify(report)}::jsonb,
      heartbeat_at = ${new Date(now)}, finished_at = null
    where community_id = ${community} and id = ${id} and status = 'done' returning ${columns}`.execute(tx);
  if (found.rows.length > 0)
    await sql`delete from quarantine where community_id = ${community} and import_id = ${id}`.execute(tx);
  await announceChange(tx, community, TOPIC);
  return found.rows[0];
}
