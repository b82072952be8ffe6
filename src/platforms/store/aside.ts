import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { SetAside } from "../live/aside.ts";

/** More of a delivery than this is not kept: no platform sends so much at once. In bytes. */
const MOST_KEPT = 1_048_576;

/** A delivery that could not be taken in. `now` in milliseconds since 1970 UTC. */
export interface NewAside {
  readonly connectionId: string;
  readonly raw: string;
  /** The failure's name and code. */
  readonly error: string;
  readonly now: number;
}

/** Sets a delivery aside as it came. */
export async function addAside(tx: Tx, community: CommunityId, aside: NewAside): Promise<void> {
  const bytes = Buffer.from(aside.raw, "utf8");
  const kept = bytes.subarray(0, MOST_KEPT);
  await sql`
    insert into live_quarantine (community_id, id, connection_id, raw, size, error, received_at)
    values (${community}, ${newId(aside.now)}, ${aside.connectionId}, ${kept}, ${bytes.length}, ${aside.error},
      ${new Date(aside.now)})`.execute(tx);
}

/** Writes down how far the platform's own queue was read. */
export async function writeProgress(
  tx: Tx,
  community: CommunityId,
  { connectionId, progress }: { readonly connectionId: string; readonly progress: unknown },
): Promise<void> {
  await sql`
    update connections set progress = ${JSON.stringify(progress)}::jsonb
    where community_id = ${community} and id = ${connectionId}`.execute(tx);
}

/** What waits for a person, the oldest first, from behind the id on. */
export async function openAsides(
  tx: Tx,
  community: CommunityId,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<SetAside[]> {
  const found = await sql<SetAside>`
    select q.id, c.platform, c.name as connection, q.error, q.attempts, q.size, q.size > length(q.raw) as "isCut",
      (extract(epoch from q.received_at) * 1000)::float8 as "receivedAt"
    from live_quarantine q join connections c on c.community_id = q.community_id and c.id = q.connection_id
    where q.community_id = ${community} and q.settled_at is null
      and ${after === undefined ? sql`true` : sql`q.id > ${after}`}
    order by q.id limit ${limit}`.execute(tx);
  return found.rows;
}

/** A delivery that waits, with what is needed to try it again. */
export interface StoredAside {
  readonly connectionId: string;
  readonly platform: string;
  readonly raw: Buffer;
  readonly isCut: boolean;
}

/** The delivery; undefined when it does not wait any more. */
export async function asideById(tx: Tx, community: CommunityId, id: string): Promise<StoredAside | undefined> {
  const found = await sql<StoredAside>`
    select q.connection_id as "connectionId", c.platform, q.raw, q.size > length(q.raw) as "isCut"
    from live_quarantine q join connections c on c.community_id = q.community_id and c.id = q.connection_id
    where q.community_id = ${community} and q.id = ${id} and q.settled_at is null`.execute(tx);
  return found.rows[0];
}

/** Lets a delivery rest and forgets what stood in it; false when it does not wait any more. `now` in milliseconds since 1970 UTC. */
export async function settleAside(
  tx: Tx,
  community: CommunityId,
  { id, now }: { readonly id: string; readonly now: number },
): Promise<boolean> {
  const settled = await sql`
    update live_quarantine set settled_at = ${new Date(now)}, raw = ''
    where community_id = ${community} and id = ${id} and settled_at is null`.execute(tx);
  return settled.numAffectedRows === 1n;
}

/** Forgets what stood in deliveries that came before an instant (milliseconds since 1970 UTC), and lets them rest; returns how many. */
export async function emptyOldAsides(tx: Tx, community: CommunityId, before: number): Promise<number> {
  const emptied = await sql`
    update live_quarantine set settled_at = coalesce(settled_at, ${new Date(before)}), raw = ''
    where community_id = ${community} and received_at < ${new Date(before)} and raw <> ''`.execute(tx);
  return Number(emptied.numAffectedRows ?? 0n);
}

/** Writes down that a delivery failed once more. */
export async function countAttempt(
  tx: Tx,
  community: CommunityId,
  { id, error }: { readonly id: string; readonly error: string },
): Promise<void> {
  await sql`
    update live_quarantine set attempts = attempts + 1, error = ${error}
    where community_id = ${community} and id = ${id} and settled_at is null`.execute(tx);
}
