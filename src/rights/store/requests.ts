import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { DataRequest, Regime } from "../model.ts";

/** A request as it is kept; days since 1970 of the community's zone. */
export interface RequestRow extends Pick<DataRequest, "id" | "kind" | "regime" | "memberId" | "askedBy" | "details"> {
  readonly receivedDay: number;
  readonly dueDay: number;
  readonly isExtended: boolean;
  readonly state: DataRequest["state"];
  readonly answer: string;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
}

const columns = sql`
  id, kind, regime, member_id as "memberId", asked_by as "askedBy", details, received_day as "receivedDay",
  due_day as "dueDay", is_extended as "isExtended", state, answer, answered_at as "answeredAt",
  answered_by as "answeredBy"`;

/** A request about to be kept. */
export interface NewRequest extends Pick<RequestRow, "id" | "kind" | "memberId" | "askedBy" | "details" | "dueDay"> {
  readonly regime: Regime;
  readonly receivedDay: number;
  readonly madeBy: string | null;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Keeps a request. */
export async function addRequest(tx: Tx, community: CommunityId, request: NewRequest): Promise<RequestRow | undefined> {
  const { id, kind, regime, memberId, askedBy, details, receivedDay, dueDay, madeBy, at } = request;
  const added = await sql<RequestRow>`
    insert into data_requests (community_id, id, kind, regime, member_id, asked_by, details, received_day, due_day, state,
      made_at, made_by)
    values (${community}, ${id}, ${kind}, ${regime}, ${memberId}, ${askedBy}, ${details}, ${receivedDay}, ${dueDay}, 'open',
      ${new Date(at)}, ${madeBy}) returning ${columns}`.execute(tx);
  return added.rows[0];
}

/** A request by its id, held until the transaction ends. */
export async function lockRequest(tx: Tx, community: CommunityId, id: string): Promise<RequestRow | undefined> {
  const found = await sql<RequestRow>`
    select ${columns} from data_requests where community_id = ${community} and id = ${id} for update`.execute(tx);
  return found.rows[0];
}

/** A request by its id. */
export async function findRequest(tx: Tx, community: CommunityId, id: string): Promise<RequestRow | undefined> {
  const found = await sql<RequestRow>`
    select ${columns} from data_requests where community_id = ${community} and id = ${id}`.execute(tx);
  return found.rows[0];
}

/** Which requests are wanted, and the last one before them: its day and id. */
export interface RequestAsk {
  readonly state: "open" | "closed" | undefined;
  readonly memberId: string | undefined;
  readonly after: readonly [number, string] | undefined;
  readonly limit: number;
}

/** Requests, those first that are due first. */
export async function listRequests(tx: Tx, community: CommunityId, ask: RequestAsk): Promise<RequestRow[]> {
  const wanted = [
    sql`community_id = ${community}`,
    ...(ask.state === undefined ? [] : [ask.state === "open" ? sql`state = 'open'` : sql`state <> 'open'`]),
    ...(ask.memberId === undefined ? [] : [sql`member_id = ${ask.memberId}`]),
    ...(ask.after === undefined ? [] : [sql`(due_day, id) > (${ask.after[0]}, ${ask.after[1]}::uuid)`]),
  ];
  const found = await sql<RequestRow>`
    select ${columns} from data_requests where ${sql.join(wanted, sql` and `)} order by due_day, id
    limit ${ask.limit}`.execute(tx);
  return found.rows;
}

/** What changes of a request; what is missing stays. */
export interface RequestChange {
  readonly id: string;
  readonly dueDay?: number;
  readonly isExtended?: boolean;
  readonly state?: DataRequest["state"];
  readonly answer?: string;
  readonly answeredAt?: number;
  readonly answeredBy?: string | null;
}

/** Writes what changes. */
export async function saveRequest(tx: Tx, community: CommunityId, change: RequestChange): Promise<void> {
  const { id, dueDay = null, isExtended = null, state = null, answer = null, answeredAt, answeredBy = null } = change;
  await sql`
    update data_requests set due_day = coalesce(${dueDay}, due_day), is_extended = coalesce(${isExtended}, is_extended),
      state = coalesce(${state}, state), answer = coalesce(${answer}, answer),
      answered_at = ${answeredAt === undefined ? null : new Date(answeredAt)}, answered_by = ${answeredBy}
    where community_id = ${community} and id = ${id}`.execute(tx);
}

/** Names of people of the team. Read as owner. */
export async function teamNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from users where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}
