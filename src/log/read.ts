import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { logger } from "#src/base/logger.ts";
import type { Fact } from "#src/events.ts";
import { announceChange } from "./changes.ts";
import type { Consumer } from "./consumer.ts";
import { isPassingFailure, nameOfFailure } from "./failure.ts";
import { leaseStands, moveCursor, nextBatch, parkFact, returnLease, takeLease, type Lease } from "./store.ts";

/** The work was done under a lease that somebody else has taken over; it was not committed. */
class LeaseLost extends Error {}

function isPassing(error: unknown): boolean {
  return error instanceof LeaseLost || isPassingFailure(error);
}

interface Reading {
  readonly databases: Databases;
  readonly consumer: Consumer;
  readonly lease: Lease;
}

async function inLease(reading: Reading, work: (tx: Parameters<Consumer["react"]>[0]) => Promise<void>): Promise<void> {
  await reading.databases.asOwner(async (tx) => {
    if (!(await leaseStands(tx, reading.lease))) throw new LeaseLost();
    await work(tx);
  });
}

/** Digests the facts and moves the cursor to `until` in one transaction; halves what fails until one guilty fact is parked. */
async function digest(reading: Reading, facts: readonly Fact[], until: number): Promise<void> {
  const { consumer, lease } = reading;
  try {
    await inLease(reading, async (tx) => {
      if (facts.length > 0) {
        await consumer.react(tx, lease.community, facts);
        await announceChange(tx, lease.community, consumer.name);
      }
      await moveCursor(tx, lease, { seq: until, digested: facts.length > 0 });
    });
  } catch (error) {
    const guilty = facts[0];
    if (isPassing(error) || guilty === undefined) throw error;
    if (facts.length > 1) {
      const half = Math.floor(facts.length / 2);
      await digest(reading, facts.slice(0, half), facts[half - 1]?.seq ?? until);
      await digest(reading, facts.slice(half), until);
      return;
    }
    logger.error(
      { consumer: consumer.name, community: lease.community, seq: guilty.seq, failure: nameOfFailure(error) },
      "fact parked",
    );
    await inLease(reading, async (tx) => {
      await parkFact(tx, lease, { seq: guilty.seq, error: nameOfFailure(error) });
      await moveCursor(tx, lease, { seq: until, digested: true });
    });
  }
}

/**
 * Lets a consumer read everything that a community's log holds for it. Returns false when another process is at it.
 * Throws only what will pass by itself (a lost connection, a deadlock): call again.
 */
export async function readLog(
  databases: Databases,
  consumer: Consumer,
  place: { community: CommunityId; holder: string },
): Promise<boolean> {
  const ask = { consumer: consumer.name, holder: place.holder };
  const lease = await takeLease(databases.owner, place.community, ask);
  if (lease === undefined) return false;
  try {
    for (;;) {
      const batch = await nextBatch(databases.owner, place.community, consumer);
      if (batch === undefined) return true;
      await digest({ databases, consumer, lease }, batch.facts, batch.until);
      // What was told meanwhile gathers anew, however long this took.
      if (consumer.gathers !== undefined && batch.facts.length < consumer.batch) return true;
      if ((await takeLease(databases.owner, place.community, ask))?.fence !== lease.fence) return false;
    }
  } finally {
    await returnLease(databases.owner, lease).catch(() => undefined);
  }
}

/**
 * Drops what a consumer has derived for a community and reads the log again from the beginning. Returns false when
 * another process is reading; nothing is changed then.
 */
export async function rebuild(
  databases: Databases,
  consumer: Consumer,
  place: { community: CommunityId; holder: string },
): Promise<boolean> {
  const lease = await takeLease(databases.owner, place.community, { consumer: consumer.name, holder: place.holder });
  if (lease === undefined) return false;
  await inLease({ databases, consumer, lease }, async (tx) => {
    await consumer.reset(tx, place.community);
    await moveCursor(tx, lease, { seq: 0, digested: false });
  });
  return readLog(databases, consumer, place);
}
