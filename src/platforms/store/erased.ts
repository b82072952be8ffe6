import { createHmac, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Secrets } from "#src/base/secrets.ts";

/** What somebody is known by. `name` and `username` are compared without regard to case. */
export type MarkKind = "account" | "username" | "name";

/** A trace of somebody on a platform. */
export interface Mark {
  readonly kind: MarkKind;
  readonly platform: string;
  readonly value: string;
}

/** Hashes traces with the key of one community (HMAC-SHA-256), so that they can be recognised and not read. */
export type HashMark = (mark: Mark) => Buffer;

function hasher(key: string): HashMark {
  return ({ kind, platform, value }) => {
    const told = kind === "account" ? value : value.normalize("NFC").toLowerCase();
    return createHmac("sha256", key)
      .update(JSON.stringify([kind, platform, told]))
      .digest();
  };
}

/** What the seal of a community's key opens for. */
export const erasureKeyPlace = (community: string): string => `${community}/erasure`;

/** The community's hashing, with a key made for it; undefined when it has none, because nobody was ever erased there. */
export async function readHasher(tx: Tx, community: CommunityId, secrets: Secrets): Promise<HashMark | undefined> {
  const found = await sql<{ sealed: string }>`
    select sealed from erasure_keys where community_id = ${community}`.execute(tx);
  const sealed = found.rows[0]?.sealed;
  return sealed === undefined ? undefined : hasher(secrets.open(sealed, erasureKeyPlace(community)));
}

/** As `readHasher`, and makes the key when there is none. */
export async function ensureHasher(tx: Tx, community: CommunityId, secrets: Secrets): Promise<HashMark> {
  const sealed = secrets.seal(randomBytes(32).toString("base64url"), erasureKeyPlace(community));
  await sql`
    insert into erasure_keys (community_id, sealed) values (${community}, ${sealed})
    on conflict (community_id) do nothing`.execute(tx);
  const made = await readHasher(tx, community, secrets);
  if (made === undefined) throw new Error("the key of erasures was not kept");
  return made;
}

const lockName = (community: CommunityId): string => `veche erasure ${community}`;

/** Waits until no batch of messages is being stored, and keeps others out until the transaction ends. */
export async function lockIntake(tx: Tx, community: CommunityId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${lockName(community)}, 0))`.execute(tx);
}

/** Lets batches be stored side by side, and none while somebody's erasure begins. */
export async function shareIntake(tx: Tx, community: CommunityId): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${lockName(community)}, 0))`.execute(tx);
}

/** Whether the community is deleted, so that nothing may be stored in it, and whether anybody was erased in it. */
export async function goneOf(tx: Tx, community: CommunityId): Promise<{ isDeleted: boolean; hasErased: boolean }> {
  const found = await sql<{ isDeleted: boolean; hasErased: boolean }>`
    select exists (select from communities where id = ${community} and deleted_at is not null) as "isDeleted",
      exists (select from erased_marks where community_id = ${community}) as "hasErased"`.execute(tx);
  return found.rows[0] ?? { isDeleted: false, hasErased: false };
}

/** A hash that is kept, in hexadecimal, and the person without a name to whom it belongs. */
export interface KeptMark {
  readonly hash: string;
  readonly memberId: string;
}

/** All hashes of a community. */
export async function keptMarks(tx: Tx, community: CommunityId): Promise<KeptMark[]> {
  const found = await sql<KeptMark>`
    select encode(hash, 'hex') as hash, member_id as "memberId" from erased_marks
    where community_id = ${community}`.execute(tx);
  return found.rows;
}

/** Keeps the hashes of somebody's traces. */
export async function keepMarks(
  tx: Tx,
  community: CommunityId,
  { marks, hash }: { marks: readonly (Mark & { memberId: string })[]; hash: HashMark },
): Promise<void> {
  await sql`
    insert into erased_marks (community_id, kind, platform, hash, member_id)
    select ${community}, m.kind, m.platform, m.hash, m.member_id
    from unnest(${marks.map((mark) => mark.kind)}::text[], ${marks.map((mark) => mark.platform)}::text[],
      ${marks.map((mark) => hash(mark))}::bytea[], ${marks.map((mark) => mark.memberId)}::uuid[])
      m (kind, platform, hash, member_id)
    on conflict do nothing`.execute(tx);
}

/** Somebody's accounts and names. */
export interface Account {
  readonly memberId: string;
  readonly platform: string;
  readonly externalId: string;
  readonly name: string;
  readonly username: string | null;
}

/** The accounts of these people. */
export async function accountsOf(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<Account[]> {
  const found = await sql<Account>`
    select member_id as "memberId", platform, external_id as "externalId", name, username from identities
    where community_id = ${community} and member_id = any(${[...memberIds]}::uuid[])`.execute(tx);
  return found.rows;
}

/** Takes names and accounts away from people, who stay as members without a name. Returns what they were called. */
export async function takeNames(
  tx: Tx,
  community: CommunityId,
  erased: { memberIds: readonly string[]; at: number },
): Promise<string[]> {
  const ids = [...erased.memberIds];
  const called = await sql<{ name: string }>`
    select name from members where community_id = ${community} and id = any(${ids}::uuid[])
    union select name from member_moves where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`
    update members set name = '', erased_at = coalesce(erased_at, ${new Date(erased.at)})
    where community_id = ${community} and id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from identities where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(tx);
  await sql`
    update member_moves set name = '' where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  // What they wrote and then changed or deleted, and their marks under what others wrote.
  for (const table of ["message_versions", "message_reactors"])
    await sql`
      delete from ${sql.table(table)} where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(
      tx,
    );
  await sql`
    update deleted_messages set content = null where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  return called.rows.flatMap((row) => (row.name === "" ? [] : [row.name]));
}
