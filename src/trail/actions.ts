import type { Databases, Tx } from "#src/base/database.ts";
import { type Chain, entryHash, type NewEntry, type TrailEntry } from "./model.ts";
import { addEntry, lockHead } from "./store.ts";

/**
 * Writes a deed down at the end of its chain, in a transaction of the owner. Deeds of one chain wait for each other, so
 * call it last.
 */
export async function recordIn(tx: Tx, chain: Chain, deed: NewEntry): Promise<TrailEntry> {
  const head = await lockHead(tx, chain);
  const entry: TrailEntry = {
    seq: head.seq + 1,
    atMicros: Math.round(deed.at) * 1000,
    actorKind: deed.actor.kind,
    actorId: deed.actor.id ?? null,
    actorRole: deed.actor.role ?? null,
    operation: deed.operation,
    target: deed.target ?? null,
    details: deed.details ?? {},
    requestId: deed.requestId ?? null,
    address: deed.address ?? null,
  };
  const hash = entryHash(chain, head.hash, entry);
  await addEntry(tx, chain, { entry, previous: head.hash, hash });
  return entry;
}

/** As `recordIn`, in a transaction of its own. */
export async function record(databases: Databases, chain: Chain, deed: NewEntry): Promise<TrailEntry> {
  return databases.asOwner((tx) => recordIn(tx, chain, deed));
}
