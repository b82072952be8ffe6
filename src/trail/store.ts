import { sql } from "kysely";
import type { Tx } from "#src/base/database.ts";
import { type Chain, type ChainHead, chainBeginning, type TrailEntry } from "./model.ts";

/** The tables of a chain and the beginning of their keys. */
function placeOf(chain: Chain) {
  if (chain === "install")
    return {
      entries: sql`install_trail`,
      head: sql`install_trail_head`,
      columns: sql``,
      values: sql``,
      mine: sql`true`,
      key: sql`is_only`,
    };
  return {
    entries: sql`trail`,
    head: sql`trail_heads`,
    columns: sql`community_id, `,
    values: sql`${chain}, `,
    mine: sql`community_id = ${chain}`,
    key: sql`community_id`,
  };
}

const columns = sql`
  seq, (extract(epoch from at) * 1000000)::bigint as "atMicros", actor_kind as "actorKind", actor_id as "actorId",
  actor_role as "actorRole", operation, target, details, request_id as "requestId", address`;

/** Locks the end of a chain until the transaction ends, and makes the chain if it has none yet. */
export async function lockHead(tx: Tx, chain: Chain): Promise<ChainHead> {
  const place = placeOf(chain);
  const begun = chainBeginning(chain);
  await sql`
    insert into ${place.head} (${place.columns} seq, hash) values (${place.values} 0, ${begun.hash})
    on conflict (${place.key}) do nothing`.execute(tx);
  const found = await sql<ChainHead>`select seq, hash from ${place.head} where ${place.mine} for update`.execute(tx);
  return found.rows[0] ?? begun;
}

/** Adds an entry with its hash and makes it the end of the chain. */
export async function addEntry(tx: Tx, chain: Chain, link: { entry: TrailEntry; previous: Buffer; hash: Buffer }) {
  const { entry, previous, hash } = link;
  const place = placeOf(chain);
  await sql`
    insert into ${place.entries} (${place.columns} seq, at, actor_kind, actor_id, actor_role, operation, target, details,
      request_id, address, previous, hash)
    values (${place.values} ${entry.seq}, ${new Date(entry.atMicros / 1000)}, ${entry.actorKind},
      ${entry.actorId}, ${entry.actorRole}, ${entry.operation}, ${entry.target}, ${JSON.stringify(entry.details)}::jsonb,
      ${entry.requestId}, ${entry.address}, ${previous}, ${hash})`.execute(tx);
  await sql`update ${place.head} set seq = ${entry.seq}, hash = ${hash} where ${place.mine}`.execute(tx);
}

/** An entry with what it carries of the chain. */
export type Link = TrailEntry & { readonly previous: Buffer; readonly hash: Buffer };

/** Entries of a chain behind a number, in order. */
export async function readLinks(tx: Tx, chain: Chain, page: { after: number; limit: number }): Promise<Link[]> {
  const { entries, mine } = placeOf(chain);
  const found = await sql<Link>`
    select ${columns}, previous, hash from ${entries} where ${mine} and seq > ${page.after}
    order by seq limit ${page.limit}`.execute(tx);
  return found.rows;
}

/** Where a chain says it ends; undefined when it never began. */
export async function readHead(tx: Tx, chain: Chain): Promise<ChainHead | undefined> {
  const { head, mine } = placeOf(chain);
  return (await sql<ChainHead>`select seq, hash from ${head} where ${mine}`.execute(tx)).rows[0];
}

/** The hash of one entry; undefined when there is none with this number. */
export async function readHash(tx: Tx, chain: Chain, seq: number): Promise<Buffer | undefined> {
  const { entries, mine } = placeOf(chain);
  const found = await sql<{ hash: Buffer }>`select hash from ${entries} where ${mine} and seq = ${seq}`.execute(tx);
  return found.rows[0]?.hash;
}

/** Which entries are wanted. What is left out does not narrow. */
export interface TrailFilter {
  readonly actorId?: string | undefined;
  readonly operation?: string | undefined;
  readonly target?: string | undefined;
  /** Milliseconds since 1970 UTC, the first included and the last not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Entries from the newest down, those before a number where one is given. */
export async function readEntries(
  tx: Tx,
  chain: Chain,
  ask: { filter: TrailFilter; before: number | undefined; limit: number },
): Promise<TrailEntry[]> {
  const { entries, mine } = placeOf(chain);
  const { actorId, operation, target, from, to } = ask.filter;
  const wanted = [
    mine,
    ...(ask.before === undefined ? [] : [sql`seq < ${ask.before}`]),
    ...(actorId === undefined ? [] : [sql`actor_id = ${actorId}`]),
    ...(operation === undefined ? [] : [sql`operation = ${operation}`]),
    ...(target === undefined ? [] : [sql`target = ${target}`]),
    ...(from === undefined ? [] : [sql`at >= ${new Date(from)}`]),
    ...(to === undefined ? [] : [sql`at < ${new Date(to)}`]),
  ];
  const found = await sql<TrailEntry>`
    select ${columns} from ${entries} where ${sql.join(wanted, sql` and `)} order by seq desc limit ${ask.limit}`.execute(
    tx,
  );
  return found.rows;
}

/** Every operation that a chain knows, by name. Steps from one to the next by the index, however many entries there are. */
export async function readOperations(tx: Tx, chain: Chain): Promise<string[]> {
  const { entries, mine } = placeOf(chain);
  const found = await sql<{ operation: string | null }>`
    with recursive step as (
      select (select min(operation) from ${entries} where ${mine}) as operation
      union all
      select (select min(operation) from ${entries} where ${mine} and operation > step.operation) from step
      where step.operation is not null
    ) select operation from step`.execute(tx);
  return found.rows.flatMap((row) => row.operation ?? []);
}

/** Everybody who appears in a chain: ids of people and of keys. */
export async function readActors(tx: Tx, chain: Chain): Promise<{ id: string; kind: "person" | "key" }[]> {
  const { entries, mine } = placeOf(chain);
  const found = await sql<{ id: string | null; kind: "person" | "key" }>`
    with recursive step as (
      (select actor_id as id, actor_kind as kind from ${entries} where ${mine} and actor_id is not null
        order by actor_id limit 1)
      union all
      select next.id, next.kind from step, lateral (
        select actor_id as id, actor_kind as kind from ${entries} where ${mine} and actor_id > step.id
        order by actor_id limit 1) next
    ) select id, kind from step`.execute(tx);
  return found.rows.flatMap(({ id, kind }) => (id === null ? [] : [{ id, kind }]));
}
