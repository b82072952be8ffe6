import { createECDH, hash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** The seal of a device's address opens for that device alone. */
export const devicePlace = (community: string, id: string): string => `${community}/hub-push-devices/${id}`;

/** More browsers than this nobody carries. */
export const MOST_DEVICES = 10;

function isPoint(key: string): boolean {
  const curve = createECDH("prime256v1");
  curve.generateKeys();
  try {
    // Whatever is no point of the curve throws.
    return curve.computeSecret(Buffer.from(key, "base64url")).length === 32;
  } catch {
    return false;
  }
}

/** What a browser says of itself: where its push service takes messages for it, and with what they are encrypted (RFC 8291). */
export const subscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(1000),
  p256dh: z
    .string()
    .regex(/^[\w-]{87}$/)
    .refine(isPoint),
  auth: z.string().regex(/^[\w-]{22}$/),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

/** A browser that is told, as its owner sees it. */
export const deviceSchema = z.object({
  id: z.uuid(),
  name: z.string().describe("Such as `Firefox, Android`; empty when the browser does not say"),
  madeAt: z.iso.datetime(),
  toldAt: z.iso.datetime().nullable().describe("When something reached its push service last"),
  failure: z.string().nullable().describe("Why the last message did not: a status of HTTP, or a word"),
  endpointHash: z.string().describe("SHA-256 of its address in hexadecimal, by which a browser knows itself"),
});
export type Device = z.infer<typeof deviceSchema>;

/** By which one browser is known: the SHA-256 of its address. */
export function endpointHash(endpoint: string): Buffer {
  return hash("sha256", endpoint, "buffer");
}

/** A browser about to be told. `at` in milliseconds since 1970 UTC. */
export interface NewDevice {
  readonly id: string;
  readonly accountId: string;
  readonly sessionId: string | undefined;
  readonly endpoint: string;
  readonly sealed: string;
  readonly name: string;
  readonly at: number;
}

/** Adds a browser; one that was here before, for whomever, is told for this account alone from now on. */
export async function addDevice(tx: Tx, community: CommunityId, device: NewDevice): Promise<void> {
  const known = endpointHash(device.endpoint);
  await sql`
    delete from hub_push_devices where community_id = ${community} and endpoint_hash = ${known}`.execute(tx);
  await sql`
    insert into hub_push_devices (community_id, id, account_id, session_id, endpoint_hash, sealed, name, made_at)
    values (${community}, ${device.id}, ${device.accountId}, ${device.sessionId ?? null}, ${known}, ${device.sealed},
      ${device.name}, ${new Date(device.at)})`.execute(tx);
}

/** An account's browsers, the latest added first. */
export async function devicesOf(tx: Tx, community: CommunityId, accountId: string): Promise<Device[]> {
  const found = await sql<Omit<Device, "madeAt" | "toldAt"> & { madeAt: Date; toldAt: Date | null }>`
    select id, name, made_at as "madeAt", told_at as "toldAt", failure, encode(endpoint_hash, 'hex') as "endpointHash"
    from hub_push_devices where community_id = ${community} and account_id = ${accountId}
    order by made_at desc, id desc`.execute(tx);
  return found.rows.map((row) => ({
    ...row,
    madeAt: row.madeAt.toISOString(),
    toldAt: row.toldAt?.toISOString() ?? null,
  }));
}

/** Removes a browser of an account; false when there is none. */
export async function dropDevice(
  tx: Tx,
  community: CommunityId,
  which: { accountId: string; id: string },
): Promise<boolean> {
  const gone = await sql`
    delete from hub_push_devices where community_id = ${community} and account_id = ${which.accountId}
      and id = ${which.id} returning 1`.execute(tx);
  return gone.rows.length > 0;
}

/** A browser to which something is sent. */
export interface SealedDevice {
  readonly accountId: string;
  readonly sealed: string;
}

/** A browser by its id; undefined when it is told no more. */
export async function deviceOf(db: Db, community: CommunityId, id: string): Promise<SealedDevice | undefined> {
  const found = await sql<SealedDevice>`
    select account_id as "accountId", sealed from hub_push_devices where community_id = ${community} and id = ${id}`.execute(
    db,
  );
  return found.rows[0];
}

/** Notes what became of a message to a browser: taken at `at` (milliseconds since 1970 UTC), or failed and why. */
export async function noteSent(
  db: Db,
  community: CommunityId,
  sent: { id: string; at: number; failure: string | null },
): Promise<void> {
  const { id, at, failure } = sent;
  await sql`
    update hub_push_devices set failure = ${failure},
      told_at = case when ${failure}::text is null then ${new Date(at)}::timestamptz else told_at end
    where community_id = ${community} and id = ${id}`.execute(db);
}

/** Forgets a browser that its push service does not know any more. */
export async function forgetDevice(db: Db, community: CommunityId, id: string): Promise<void> {
  await sql`delete from hub_push_devices where community_id = ${community} and id = ${id}`.execute(db);
}
