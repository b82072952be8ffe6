import { setTimeout as pause } from "node:timers/promises";
import { provenCommunity } from "#src/base/community-id.ts";
import { currentHold } from "#src/base/backup/hold.ts";
import type { Databases } from "#src/base/database.ts";
import { logger } from "#src/base/logger.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { alarm } from "#src/log/alarm.ts";
import { listenTo } from "#src/log/listen.ts";
import type { Adapter } from "../adapter.ts";
import { tendConnections } from "../health.ts";
import { type DueConnection, dueConnections, OUTBOX_CHANNEL } from "../store/outbox.ts";
import { sendNext } from "./outbox.ts";
import { senderBy } from "./perform.ts";

/** What sending needs. */
export interface OutboxTools {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly adapters: readonly Adapter[];
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** The part of a process that sends what is in the outbox. */
export interface OutboxWorker {
  /** Resolves when everything that is due now was tried by this process, or is being sent by another one. */
  settled(): Promise<void>;
  /** Begins nothing new and waits for what is being sent, at most `graceMs`; then it tells adapters to give up. */
  stop(graceMs: number): Promise<void>;
}

/** Connections that one process sends by side by side. */
const ABREAST = 4;
/** For an adapter that was told to give up, to say what it knows. */
const LAST_WORDS_MS = 500;
/** Timers count to 2^31 milliseconds; the job by the clock wakes us long before. */
const LONGEST_ALARM_MS = 3_600_000;

function failureOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

interface Sent {
  readonly count: number;
  /** When something becomes due that is not yet, in milliseconds since 1970 UTC. */
  readonly nextAt: number;
}

interface Running {
  stopped: boolean;
  readonly signal: AbortSignal;
}

async function sendBy(tools: OutboxTools, due: DueConnection, running: Running): Promise<number> {
  const adapter = tools.adapters.find(({ platform }) => platform.name === due.platform);
  if (adapter === undefined || !due.isDue) return 0;
  const { databases, now } = tools;
  const { connectionId } = due;
  const community = provenCommunity(due.community);
  const place = { ...tools, community, connectionId, externalId: due.externalId, signal: running.signal };
  const sender = senderBy(adapter, place);
  const sending = { databases, community, connectionId, sender, clock: now, chance: Math.random };
  let sent = 0;
  while (!running.stopped && (await sendNext(sending))) sent += 1;
  return sent;
}

/** Sends everything that is due, by several connections side by side. */
async function sendAll(tools: OutboxTools, running: Running): Promise<Sent> {
  const { owner } = tools.databases;
  if ((await currentHold(owner)) !== undefined) return { count: 0, nextAt: Infinity };
  const due = await dueConnections(owner, tools.now());
  const nextAt = Math.min(...due.map((each) => each.nextAt ?? Infinity));
  const left = due.values();
  let count = 0;
  const work = async (): Promise<void> => {
    for (const each of left) {
      if (running.stopped) return;
      count += await sendBy(tools, each, running).catch((error: unknown) => {
        logger.warn({ connection: each.connectionId, failure: failureOf(error) }, "sending was interrupted");
        return 0;
      });
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
  return { count, nextAt };
}

async function within(ms: number, work: Promise<void> | undefined): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, pause(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}

/**
 * Sends what is in the outbox: woken when something is written into it, when something becomes due, and each minute by
 * a job, for what no word came through of. Looks after the connections as well. Any number of processes may run one: each row is taken by one of them.
 */
export async function startOutbox(tools: OutboxTools): Promise<OutboxWorker> {
  const giveUp = new AbortController();
  const running: Running = { stopped: false, signal: giveUp.signal };
  const later = alarm();
  let wanted = true;
  let round: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    let sent: Sent = { count: 0, nextAt: Infinity };
    while ((wanted || sent.count > 0) && !running.stopped) {
      wanted = false;
      sent = await sendAll(tools, running).catch((error: unknown) => {
        logger.warn({ failure: failureOf(error) }, "looking into the outbox was interrupted");
        return { count: 0, nextAt: Infinity };
      });
    }
    if (!running.stopped)
      await tendConnections({ ...tools, signal: running.signal }).catch((error: unknown) => {
        logger.warn({ failure: failureOf(error) }, "connections could not be looked after");
      });
    round = undefined;
    if (wanted) wake();
    const inMs = sent.nextAt - tools.now();
    if (inMs < LONGEST_ALARM_MS && !running.stopped) later.ring(Math.max(inMs, 0), wake);
  };
  const wake = (): void => {
    wanted = true;
    if (!running.stopped) round ??= run();
  };

  /** What is under way has perhaps looked already: then another round follows it. */
  const idle = async (): Promise<void> => {
    if (round === undefined) return;
    await round;
    await idle();
  };

  const url = tools.databases.ownerUrl;
  const stopListening = await listenTo({ url, channel: OUTBOX_CHANNEL, name: "veche outbox", heard: wake });
  wake();
  return {
    settled: async () => {
      wake();
      await idle();
    },
    stop: async (graceMs) => {
      running.stopped = true;
      later.stop();
      await stopListening();
      await within(graceMs, round);
      giveUp.abort();
      await within(LAST_WORDS_MS, round);
    },
  };
}
