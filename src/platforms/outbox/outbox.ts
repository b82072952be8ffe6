import type { CommunityId } from "#src/base/community-id.ts";
import { currentHold } from "#src/base/backup/hold.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import {
  addRows,
  endAttempt,
  type OutboxPlace,
  pauseConnection,
  releaseDead,
  type RowEnd,
  settleRow,
  takeRow,
  type TakenRow,
} from "../store/outbox.ts";
import { type OutboxAsk, outboxCounts, outboxLines } from "../store/outbox-list.ts";
import type { Attempt, NewOutboxRow, OutboxLine, Sender, Settlement } from "./model.ts";

/** After so many failures a row is given up until a person tries it again. */
export const MOST_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 600_000;
/** A process that dies with a row keeps it from the others for so long. */
const LEASE_MS = 60_000;

/** Writes what is to reach a platform, in the transaction of the decision behind it: both or neither. */
export async function enqueue(
  tx: Tx,
  community: CommunityId,
  asked: { readonly rows: readonly NewOutboxRow[]; readonly now: number },
): Promise<void> {
  await addRows(tx, community, asked);
}

/** How long to wait after so many failures, in milliseconds: twice as long each time, a quarter more or less by chance. */
export function pauseAfter(attempts: number, chance: number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
  return pause * (0.75 + chance / 2);
}

function endOf(attempt: Attempt, row: TakenRow, { sender, now, chance }: Sending & { now: number }): RowEnd {
  if (attempt.outcome === "sent")
    return { status: "sent", ...(attempt.externalId === undefined ? {} : { externalId: attempt.externalId }) };
  if (attempt.outcome === "later") return { status: "waiting", dueAt: now + attempt.afterMs, uncounted: true };
  const { error } = attempt;
  if (attempt.outcome === "unknown" && !sender.isIdempotent) return { status: "unknown", error };
  const isHopeless = attempt.outcome === "refused" || row.attempts >= MOST_ATTEMPTS;
  if (isHopeless) return { status: "dead", error };
  return { status: "waiting", dueAt: now + pauseAfter(row.attempts, chance()), error };
}

/** Whose rows are sent, and how. */
export interface Sending {
  readonly databases: Databases;
  readonly community: CommunityId;
  readonly connectionId: string;
  readonly sender: Sender;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly leaseMs?: number;
}

/**
 * Sends the next row that is due; false when there is none. Any number of processes may call it at once. What throws while
 * sending counts as unknown: it may have been done. While the install is held after a restore nothing is sent.
 */
export async function sendNext(sending: Sending): Promise<boolean> {
  const { databases, sender, clock, leaseMs = LEASE_MS } = sending;
  if ((await currentHold(databases.owner)) !== undefined) return false;
  const place = (): OutboxPlace => ({ ...sending, now: clock() });
  await releaseDead(databases.owner, place(), sender.isIdempotent);
  const row = await takeRow(databases.owner, place(), leaseMs);
  if (row === undefined) return false;
  const attempt = await sender.send(row).catch((error: unknown): Attempt => {
    return { outcome: "unknown", error: error instanceof Error ? error.name : "unknown" };
  });
  if (attempt.outcome === "later" && attempt.all === true)
    await pauseConnection(databases.owner, sending, clock() + attempt.afterMs);
  await endAttempt(databases.owner, place(), { row, end: endOf(attempt, row, { ...sending, now: clock() }) });
  return true;
}

/** Lines of the outbox for the team, the latest written first. */
export async function listOutbox(tx: Tx, community: CommunityId, ask: OutboxAsk): Promise<OutboxLine[]> {
  return outboxLines(tx, community, ask);
}

/** How many rows are to go out, and how many wait for a person. */
export async function countOutbox(tx: Tx, community: CommunityId): Promise<{ waiting: number; person: number }> {
  return outboxCounts(tx, community);
}

/**
 * A person settles what nobody knows the outcome of, or what was given up: it was sent, it is to be tried again, or it is
 * dropped. What still waits can be dropped. Refuses when the row is none of these.
 */
export async function settle(
  tx: Tx,
  community: CommunityId,
  asked: { readonly id: string; readonly settlement: Settlement; readonly now: number },
): Promise<void> {
  if (!(await settleRow(tx, community, asked))) refuse("not-found", "platforms.nothing-to-settle");
}
