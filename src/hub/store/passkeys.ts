import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { KnownPasskey, PublicPasskey } from "#src/base/passkeys.ts";
import { opensStill } from "./leavings.ts";

/** A passkey about to be kept. */
export interface NewPasskey extends PublicPasskey {
  readonly id: string;
  readonly accountId: string;
  /** The one address at which it works. */
  readonly host: string;
  readonly name: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Keeps a passkey; false when this very passkey is known already. */
export async function addPasskey(tx: Tx, community: CommunityId, passkey: NewPasskey): Promise<boolean> {
  const { id, accountId, credentialId, publicKey, counter, transports, host, name, at } = passkey;
  const added = await sql`
    insert into hub_passkeys (community_id, id, account_id, credential_id, public_key, counter, transports, host, name, made_at)
    values (${community}, ${id}, ${accountId}, ${credentialId}, ${publicKey}, ${counter}, ${[...transports]}, ${host},
      ${name}, ${new Date(at)})
    on conflict do nothing returning 1`.execute(tx);
  return added.rows.length > 0;
}

/** A passkey as its owner sees it. */
export interface PasskeyRow {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly madeAt: Date;
  readonly usedAt: Date | null;
}

/** Passkeys of an account, the oldest first. */
export async function passkeysOf(db: Db | Tx, community: CommunityId, accountId: string): Promise<PasskeyRow[]> {
  const found = await sql<PasskeyRow>`
    select id, name, host, made_at as "madeAt", used_at as "usedAt" from hub_passkeys
    where community_id = ${community} and account_id = ${accountId} order by made_at, id`.execute(db);
  return found.rows;
}

/** What a browser has to know of an account's passkeys at an address. */
export async function knownPasskeys(
  tx: Tx,
  community: CommunityId,
  whose: { accountId: string; host: string },
): Promise<KnownPasskey[]> {
  const found = await sql<KnownPasskey>`
    select credential_id as id, transports from hub_passkeys
    where community_id = ${community} and account_id = ${whose.accountId} and host = ${whose.host}`.execute(tx);
  return found.rows;
}

/** The passkey that a browser calls by this id, of an account that stands, or was left lately. */
export async function passkeyByCredential(
  tx: Tx,
  community: CommunityId,
  credentialId: string,
): Promise<(PublicPasskey & { readonly id: string; readonly accountId: string }) | undefined> {
  const found = await sql<PublicPasskey & { id: string; accountId: string }>`
    select p.id, p.account_id as "accountId", p.credential_id as "credentialId", p.public_key as "publicKey", p.counter, p.transports
    from hub_passkeys p join hub_accounts a on a.community_id = p.community_id and a.id = p.account_id
    where p.community_id = ${community} and p.credential_id = ${credentialId} and ${opensStill}`.execute(tx);
  return found.rows[0];
}

/**
 * Notes that a passkey was used, and how often its device says it was; false when it had been used as often already: of two
 * who come at once with the same count one is a copy.
 */
export async function markPasskeyUsed(
  tx: Tx,
  community: CommunityId,
  used: { id: string; counter: number; at: number },
): Promise<boolean> {
  const marked = await sql`
    update hub_passkeys set counter = ${used.counter}, used_at = ${new Date(used.at)}
    where community_id = ${community} and id = ${used.id}
      and (counter < ${used.counter} or (counter = 0 and ${used.counter} = 0)) returning 1`.execute(tx);
  return marked.rows.length > 0;
}

/** Names an account's passkey anew; false when it has no such passkey. */
export async function namePasskey(
  tx: Tx,
  community: CommunityId,
  named: { accountId: string; id: string; name: string },
): Promise<boolean> {
  const found = await sql`
    update hub_passkeys set name = ${named.name}
    where community_id = ${community} and account_id = ${named.accountId} and id = ${named.id} returning 1`.execute(tx);
  return found.rows.length > 0;
}

/** Forgets an account's passkey; false when it has no such passkey. */
export async function dropPasskey(
  tx: Tx,
  community: CommunityId,
  which: { accountId: string; id: string },
): Promise<boolean> {
  const found = await sql`
    delete from hub_passkeys
    where community_id = ${community} and account_id = ${which.accountId} and id = ${which.id} returning 1`.execute(tx);
  return found.rows.length > 0;
}

/** What a signature is asked for. */
export type PasskeyPurpose = "make" | "sign-in" | "join" | "prove";

/** Something a browser is given to sign. */
interface Challenge {
  readonly id: string;
  readonly purpose: PasskeyPurpose;
  /** Undefined while it is not known who will sign. */
  readonly accountId: string | undefined;
  readonly challenge: string;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
}

/** Keeps what a browser was given to sign. */
export async function addChallenge(tx: Tx, community: CommunityId, made: Challenge): Promise<void> {
  await sql`
    insert into hub_passkey_challenges (community_id, id, purpose, account_id, challenge, expires_at)
    values (${community}, ${made.id}, ${made.purpose}, ${made.accountId ?? null}, ${made.challenge},
      ${new Date(made.expiresAt)})`.execute(tx);
}

/** Takes a challenge, so that nothing is signed twice for it; undefined when it is gone, too old or meant otherwise. */
export async function takeChallenge(
  tx: Tx,
  community: CommunityId,
  wanted: { id: string; purpose: PasskeyPurpose; accountId: string | undefined; now: number },
): Promise<string | undefined> {
  const taken = await sql<{ challenge: string; fits: boolean }>`
    delete from hub_passkey_challenges where community_id = ${community} and id = ${wanted.id}
    returning challenge, purpose = ${wanted.purpose} and account_id is not distinct from ${wanted.accountId ?? null}::uuid
      and expires_at > ${new Date(wanted.now)} as fits`.execute(tx);
  return taken.rows[0]?.fits === true ? taken.rows[0].challenge : undefined;
}
