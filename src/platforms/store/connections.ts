import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { NewConnection } from "../connections.ts";

/** Adds a connection unless the community has it; returns its id. A known name is kept: staff may have changed it. */
export async function addConnection(tx: Tx, community: CommunityId, connection: NewConnection): Promise<string> {
  const { platform, externalId, name, now } = connection;
  await sql`
    insert into connections (community_id, id, platform, external_id, name, created_at)
    values (${community}, ${newId(now)}, ${platform}, ${externalId}, ${name}, ${new Date(now)})
    on conflict (community_id, platform, external_id) do nothing`.execute(tx);
  const found = await sql<{ id: string }>`
    select id from connections where community_id = ${community} and platform = ${platform}
      and external_id = ${externalId}`.execute(tx);
  const id = found.rows[0]?.id;
  if (id === undefined) throw new Error("a connection that was just made is not there");
  return id;
}

/** A delivery, and the message that it writes. */
export interface NewReceipt {
  readonly externalId: string;
  readonly messageId: string | undefined;
}

/** Which connection of a community delivered something. `now` in milliseconds since 1970 UTC. */
export interface ConnectionPlace {
  readonly community: CommunityId;
  readonly connectionId: string;
  readonly now: number;
}

/**
 * Writes down what is delivered. Returns what was delivered before, each with the message it wrote then; a delivery that
 * another transaction is at is waited for.
 */
export async function noteReceipts(
  tx: Tx,
  { community, connectionId, now }: ConnectionPlace,
  { receipts }: { readonly receipts: readonly NewReceipt[] },
): Promise<Map<string, string | undefined>> {
  const externalIds = receipts.map((receipt) => receipt.externalId);
  const noted = await sql<{ externalId: string }>`
    insert into receipts (community_id, connection_id, external_id, message_id, received_at)
    select ${community}, ${connectionId}, r.external_id, r.message_id, ${new Date(now)}
    from unnest(${externalIds}::text[], ${receipts.map((receipt) => receipt.messageId ?? null)}::uuid[])
      r (external_id, message_id) order by 3
    on conflict do nothing returning external_id as "externalId"`.execute(tx);
  if (noted.rows.length === receipts.length) return new Map();
  const fresh = new Set(noted.rows.map((row) => row.externalId));
  const known = await sql<{ externalId: string; messageId: string | null }>`
    select external_id as "externalId", message_id as "messageId" from receipts where community_id = ${community}
      and connection_id = ${connectionId}
      and external_id = any(${externalIds.filter((each) => !fresh.has(each))})`.execute(tx);
  return new Map(known.rows.map((row) => [row.externalId, row.messageId ?? undefined]));
}

/** Deletes the receipts of all communities from before an instant (milliseconds since 1970 UTC); returns how many. */
export async function forgetReceipts(db: Db, before: number): Promise<number> {
  const forgotten = await sql`delete from receipts where received_at < ${new Date(before)}`.execute(db);
  return Number(forgotten.numAffectedRows ?? 0n);
}
