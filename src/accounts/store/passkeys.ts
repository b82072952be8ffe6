import { sql } from "kysely";
import type { Db, Tx } from "#src/base/database.ts";

/** A passkey as it is kept. */
export interface KeptPasskey {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** A passkey about to be kept. */
export interface NewPasskey extends KeptPasskey {
  readonly name: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** A passkey as its owner sees it. */
export interface PasskeyRow {
  readonly id: string;
  readonly name: string;
  readonly madeAt: Date;
  readonly usedAt: Date | null;
}

const kept = sql`id, user_id as "userId", credential_id as "credentialId", public_key as "publicKey", counter, transports`;

/** Keeps a passkey; false when this very passkey is known already. */
export async function addPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const added = await sql`
    insert into passkeys (id, user_id, credential_id, public_key, counter, transports, name, made_at)
    values (${passkey.id}, ${passkey.userId}, ${passkey.credentialId}, ${passkey.publicKey}, ${passkey.counter},
      ${[...passkey.transports]}, ${passkey.name}, ${new Date(passkey.at)})
    on conflict (credential_id) do nothing returning 1`.execute(tx);
  return added.rows.length > 0;
}

/** Passkeys of a person, the oldest first. */
export async function passkeysOf(db: Db, userId: string): Promise<PasskeyRow[]> {
  const found = await sql<PasskeyRow>`
    select id, name, made_at as "madeAt", used_at as "usedAt" from passkeys where user_id = ${userId}
    order by made_at, id`.execute(db);
  return found.rows;
}

/** What a browser has to know of a person's passkeys to offer them. */
export async function passkeyIdsOf(db: Db, userId: string): Promise<{ id: string; transports: string[] }[]> {
  const found = await sql<{ id: string; transports: string[] }>`
    select credential_id as id, transports from passkeys where user_id = ${userId}`.execute(db);
  return found.rows;
}

/** The passkey that a browser calls by this id. */
export async function passkeyByCredential(db: Db, credentialId: string): Promise<KeptPasskey | undefined> {
  const found = await sql<KeptPasskey>`select ${kept} from passkeys where credential_id = ${credentialId}`.execute(db);
  return found.rows[0];
}

/** Notes that a passkey was used and how often its device says it was. */
export async function markPasskeyUsed(db: Db, id: string, used: { counter: number; at: number }): Promise<void> {
  await sql`update passkeys set counter = ${used.counter}, used_at = ${new Date(used.at)} where id = ${id}`.execute(db);
}

/** Names a person's passkey anew; false when they have no such passkey. */
export async function namePasskey(db: Db, userId: string, named: { id: string; name: string }): Promise<boolean> {
  const found = await sql`
    update passkeys set name = ${named.name} where user_id = ${userId} and id = ${named.id} returning 1`.execute(db);
  return found.rows.length > 0;
}

/** Forgets a person's passkey; false when they have no such passkey. */
export async function dropPasskey(tx: Tx, userId: string, id: string): Promise<boolean> {
  const found = await sql`delete from passkeys where user_id = ${userId} and id = ${id} returning 1`.execute(tx);
  return found.rows.length > 0;
}

/** What a signature is asked for. */
export type Purpose = "make" | "sign-in" | "second" | "prove";

/** Something a browser is given to sign. */
export interface Challenge {
  readonly id: string;
  readonly purpose: Purpose;
  /** Undefined while it is not known who will sign. */
  readonly userId: string | undefined;
  readonly challenge: string;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
}

/** Keeps what a browser was given to sign. */
export async function addChallenge(db: Db, made: Challenge): Promise<void> {
  await sql`
    insert into passkey_challenges (id, purpose, user_id, challenge, expires_at)
    values (${made.id}, ${made.purpose}, ${made.userId ?? null}, ${made.challenge}, ${new Date(made.expiresAt)})`.execute(
    db,
  );
}

/** Takes a challenge, so that nothing is signed twice for it; undefined when it is gone, too old or meant otherwise. */
export async function takeChallenge(
  db: Db,
  wanted: { id: string; purpose: Purpose; userId: string | undefined; now: number },
): Promise<string | undefined> {
  const taken = await sql<{ challenge: string; fits: boolean }>`
    delete from passkey_challenges where id = ${wanted.id}
    returning challenge, purpose = ${wanted.purpose} and user_id is not distinct from ${wanted.userId ?? null}::uuid
      and expires_at > ${new Date(wanted.now)} as fits`.execute(db);
  return taken.rows[0]?.fits === true ? taken.rows[0].challenge : undefined;
}
