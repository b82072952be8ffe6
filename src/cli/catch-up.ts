import { setTimeout as wait } from "node:timers/promises";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import type { Consumer } from "#src/log/consumer.ts";
import { readings } from "#src/log/parked.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";

/** Whose numbers are to be brought up to date, by whom. */
export interface CatchUp {
  readonly databases: Databases;
  readonly community: CommunityId;
  readonly consumers: readonly Consumer[];
  readonly signal: AbortSignal;
}

/** How often it looks again while a running app does the reading. */
const LOOK_MS = 100;

/**
 * Reads a community's log until every consumer is at its end, together with a running app or without one. Consumers are
 * at work at the same time, each on its own connection. Returns early, without an error, when `signal` is aborted.
 */
export async function catchUp({ databases, community, consumers, signal }: CatchUp): Promise<void> {
  const holder = newHolder();
  const names = consumers.map(({ name }) => name);
  while (!signal.aborted) {
    await Promise.all(consumers.map((consumer) => readLog(databases, consumer, { community, holder })));
    const standing = await databases.asOwner((tx) => readings(tx, community, names));
    if (standing.every(({ read, head }) => read >= head)) return;
    await wait(LOOK_MS);
  }
}
