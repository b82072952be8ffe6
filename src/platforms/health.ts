import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import type { Databases, Db, Tx } from "#src/base/database.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { Adapter, Checked } from "./adapter.ts";
import {
  addGap,
  type ClaimedConnection,
  claimUnchecked,
  connectionFacts,
  type OutboxFigure,
  outboxFigures,
  writeChecked,
} from "./store/health.ts";

/** A time of which nothing is known, in milliseconds since 1970 UTC. */
export interface Gap {
  readonly from: number;
  readonly until: number;
  /** Why, as a name or code. */
  readonly reason: string;
}

/** What is known of a connection's health. Times in milliseconds since 1970 UTC. */
export interface ConnectionFacts {
  readonly id: string;
  readonly platform: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly madeAt: number;
  /** When something came in last; exact to a few seconds. */
  readonly lastEventAt: number | null;
  readonly receivedToday: number;
  /** Deliveries that could not be taken in and wait for a person. */
  readonly setAside: number;
  readonly checkedAt: number | null;
  /** Names of capabilities that the platform withholds there. */
  readonly missing: readonly string[];
  readonly failure: string | null;
  readonly failingSince: number | null;
  /** When the token was put in; null where none is needed. */
  readonly tokenSince: number | null;
  readonly pausedUntil: number | null;
  readonly waiting: number;
  readonly oldestWaitingAt: number | null;
  readonly unknown: number;
  readonly dead: number;
  readonly gaps: readonly Gap[];
}

/** Every connection of a community, the oldest first. */
export async function healthOf(tx: Tx, community: CommunityId, now: number): Promise<ConnectionFacts[]> {
  return connectionFacts(tx, community, now);
}

const openStatuses = ["waiting", "sending", "unknown", "dead"] as const;

/** Rows of the outbox that are not over, by status, in all communities: for figures of the installation. */
export async function outboxDepth(db: Db): Promise<OutboxFigure[]> {
  const found = await outboxFigures(db);
  return openStatuses.map(
    (status) => found.find((each) => each.status === status) ?? { status, rows: 0, oldestSeconds: 0 },
  );
}

/** How often each connection is looked after. */
const CHECK_EVERY_MS = 600_000;
/** A platform that does not answer is not waited for. */
const CHECK_MS = 10_000;
const AT_ONCE = 50;

/** What looking after connections needs. */
export interface Tending {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly adapters: readonly Adapter[];
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

async function look(tending: Tending, adapter: Adapter, claimed: ClaimedConnection): Promise<Checked> {
  const signal = AbortSignal.any([tending.signal, AbortSignal.timeout(CHECK_MS)]);
  const { connectionId, externalId } = claimed;
  const place = { ...tending, community: provenCommunity(claimed.community), connectionId, externalId, signal };
  return adapter.check(place).catch((error: unknown): Checked => {
    return { missing: [], failure: error instanceof Error ? error.name : "unknown" };
  });
}

async function tend(tending: Tending, claimed: ClaimedConnection): Promise<void> {
  const { databases, adapters, now } = tending;
  const adapter = adapters.find(({ platform }) => platform.name === claimed.platform);
  if (adapter === undefined) return;
  const checked = await look(tending, adapter, claimed);
  const at = now();
  await writeChecked(databases.owner, claimed, { ...checked, now: at });
  const { failingSince } = claimed;
  const isBack = failingSince !== null && checked.failure === undefined;
  // What was said meanwhile can only be read afterwards where the platform lets history be read.
  if (isBack && adapter.backfill === undefined && adapter.reading.kind !== "own-door")
    await addGap(databases.owner, claimed, { from: failingSince, until: at, reason: "was-away" });
}

/**
 * Looks after the connections that nobody has looked after for ten minutes: what the platform withholds, whether it lets
 * us in, and from when to when it did not. Any number of processes may do so; each connection is taken by one.
 */
export async function tendConnections(tending: Tending): Promise<void> {
  const { databases, adapters, now } = tending;
  const platforms = adapters.map(({ platform }) => platform.name);
  const ask = { platforms, before: now() - CHECK_EVERY_MS, now: now(), limit: AT_ONCE };
  const claimed = await claimUnchecked(databases.owner, ask);
  await Promise.all(claimed.map((each) => tend(tending, each)));
}
