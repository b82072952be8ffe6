import { sql } from "kysely";
import webPush from "web-push";
import type { Db } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { Secrets } from "#src/base/secrets.ts";

/** The seal of the private key opens for its own row alone. */
export const pushKeyPlace = (id: string): string => `push-keys/${id}`;

/** By what push services know that a message comes from this install (RFC 8292), each in base64url. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** What reading them needs. */
export interface KeyTools {
  readonly db: Db;
  readonly secrets: Secrets;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

async function standing(db: Db): Promise<{ id: string; publicKey: string; sealed: string } | undefined> {
  const found = await sql<{ id: string; publicKey: string; sealed: string }>`
    select id, public_key as "publicKey", sealed from push_keys`.execute(db);
  return found.rows[0];
}

/** The keys of this install, which are made when they are asked for first; of two processes one makes them. */
export async function pushKeys({ db, secrets, now }: KeyTools): Promise<PushKeys> {
  const known = await standing(db);
  if (known !== undefined)
    return { publicKey: known.publicKey, privateKey: secrets.open(known.sealed, pushKeyPlace(known.id)) };
  const at = now();
  const id = newId(at);
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  await sql`
    insert into push_keys (id, public_key, sealed, made_at)
    values (${id}, ${publicKey}, ${secrets.seal(privateKey, pushKeyPlace(id))}, ${new Date(at)})
    on conflict do nothing`.execute(db);
  return pushKeys({ db, secrets, now });
}
