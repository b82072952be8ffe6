import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { logger } from "#src/base/logger.ts";
import { LOG_CHANNEL } from "./append.ts";
import { alarm } from "./alarm.ts";
import type { Consumer, Waking } from "./consumer.ts";
import { listenTo } from "./listen.ts";
import { readLog } from "./read.ts";
import { communitiesBehind, newHolder } from "./store.ts";

/** Between two looks at the log, in milliseconds: what is told meanwhile is read together. Whoever was idle looks at once. */
const REST_MS = 100;

/** How often a process looks for facts that no notification told it of. */
const SWEEP_MS = 5_000;

/** The part of a process that keeps consumers up to date. */
export interface Reader {
  /** Resolves when everything told so far has been read by this or another process. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const listening = { channel: LOG_CHANNEL, name: "veche log" } as const;

/** With what jobs are woken. */
type Woken = Omit<Waking, "databases">;

interface ReadingOne {
  readonly databases: Databases;
  readonly consumer: Consumer;
  readonly holder: string;
  readonly jobs: Woken | undefined;
}

/** Reads a community's log for a consumer and wakes its jobs; false when another process is at it. */
async function readOne({ databases, consumer, holder, jobs }: ReadingOne, community: CommunityId): Promise<boolean> {
  const isRead = await readLog(databases, consumer, { community, holder });
  if (isRead && jobs !== undefined)
    await consumer.wakes?.({ databases, ...jobs }, community).catch((error: unknown) => {
      const failure = error instanceof Error ? error.name : "unknown";
      logger.warn({ consumer: consumer.name, failure }, "a job was not woken; its clock will do that");
    });
  return isRead;
}

interface State {
  wanted: boolean;
  stopped: boolean;
  /** Nothing waits for more. */
  hurries: boolean;
}

interface Rounds {
  readonly databases: Databases;
  readonly consumers: readonly Consumer[];
  readonly jobs: Woken | undefined;
  readonly state: State;
  /** Called when something may wait for so many milliseconds. */
  readonly wait: (ms: number) => void;
}

/** Opens what lets every consumer read once, and says for how many communities one did. */
function openRounds({ databases, consumers, jobs, state, wait }: Rounds): () => Promise<number> {
  const holder = newHolder();
  /** By consumer: how far the logs of communities were looked at where everything gathers. */
  const looked = new Map(consumers.map(({ name }) => [name, new Map<string, number>()]));
  const readFor = async (consumer: Consumer): Promise<number> => {
    let read = 0;
    const gathering = looked.get(consumer.name) ?? new Map<string, number>();
    for (const { id, waitMs, head } of await communitiesBehind(databases.owner, consumer, gathering)) {
      if (state.stopped) break;
      if (waitMs > 0) gathering.set(id, head);
      else gathering.delete(id);
      if (waitMs > 0 && !state.hurries) wait(waitMs);
      else if (await readOne({ databases, consumer, holder, jobs }, provenCommunity(id))) read += 1;
    }
    return read;
  };
  // Side by side: each has its own cursor, lease and transaction, and counting after an import keeps two cores busy.
  return async () => (await Promise.all(consumers.map(readFor))).reduce((sum, each) => sum + each, 0);
}

/**
 * Keeps the consumers of this process up to date: woken by notifications, and by a sweep for those that got lost.
 * Any number of processes may run one; leases keep a community with one reader at a time. Without `jobs` none is woken.
 */
export async function startReader(databases: Databases, consumers: readonly Consumer[], jobs?: Woken): Promise<Reader> {
  const state: State = { wanted: true, stopped: false, hurries: false };
  let running: Promise<void> | undefined;
  let restsUntil = 0;
  const later = alarm();
  const readAll = openRounds({ databases, consumers, jobs, state, wait: (ms) => later.ring(ms, wake) });

  const run = async (): Promise<void> => {
    do {
      state.wanted = false;
      const read = await readAll().catch((error: unknown) => {
        logger.warn({ failure: error instanceof Error ? error.name : "unknown" }, "reading the log was interrupted");
        return 0;
      });
      // What one consumer tells while reading is there for the others in the next round.
      if (read > 0) state.wanted = true;
    } while (state.wanted && state.hurries && !state.stopped);
    running = undefined;
    restsUntil = performance.now() + REST_MS;
    if (state.wanted) wake();
  };
  const wake = (): void => {
    state.wanted = true;
    if (state.stopped || running !== undefined) return;
    const rest = state.hurries ? 0 : restsUntil - performance.now();
    if (rest > 0) later.ring(rest, wake);
    else running = run();
  };

  const stopListening = await listenTo({ ...listening, url: databases.ownerUrl, heard: wake });
  const sweep = setInterval(wake, SWEEP_MS);
  wake();
  return {
    settled: async () => {
      state.hurries = true;
      // What is under way has perhaps looked already, and left something to wait.
      await running;
      wake();
      await running;
      state.hurries = false;
    },
    stop: async () => {
      state.stopped = true;
      clearInterval(sweep);
      later.stop();
      await stopListening();
      await running;
    },
  };
}
