import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { append } from "#src/log/append.ts";
import { noteEvent } from "../store/health.ts";
import { isRepeat } from "../store/messages.ts";
import { ensureMonths, monthOf } from "../store/months.ts";
import { takeAll } from "./take.ts";
import type { LiveOutcome, LiveUpdate } from "./updates.ts";

/** Whose updates an intake takes, and by which connection they come. */
export interface LiveIntakeOptions {
  readonly databases: Databases;
  readonly community: CommunityId;
  /** `hub`, `telegram` ... */
  readonly platform: string;
  readonly connectionId: string;
  /** Opens the key by which erased people are known again; without it a community that has such is refused. */
  readonly secrets?: Secrets | undefined;
  /** The clock, in milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** What shall happen in the transaction of the updates, before and behind them. */
export interface Around {
  /** First of all: locks and checks. What it throws undoes everything. */
  before?(tx: Tx): Promise<void>;
  /** When the updates are stored and before they are told: rows of the caller's own, a platform's offset. */
  after?(tx: Tx, outcomes: readonly LiveOutcome[]): Promise<void>;
}

/**
 * The door by which what happens now comes in. A call is one transaction: receipts, people, messages, what the caller
 * writes around them, and the facts. All of it is stored or nothing. Outcomes come in the order of the updates.
 *
 * A refusal or failure is the caller's to tell: whoever writes by a form sees it. An update that cannot be stored takes the
 * others of its call with it; whoever brings what cannot be asked to be written better brings one update a call.
 */
export interface LiveIntake {
  take(updates: readonly LiveUpdate[], around?: Around): Promise<readonly LiveOutcome[]>;
}

/** Months whose partition was seen in a database: they never go away. */
const monthsSeen = new WeakMap<Databases, Set<number>>();

async function makeMonths({ databases }: LiveIntakeOptions, updates: readonly LiveUpdate[]): Promise<void> {
  const seen = monthsSeen.get(databases) ?? new Set<number>();
  monthsSeen.set(databases, seen);
  const wanted = updates.flatMap((update) =>
    update.kind === "posted" || update.kind === "edited" ? [monthOf(update.message.sentAt)] : [],
  );
  const missing = [...new Set(wanted)].filter((month) => !seen.has(month));
  if (missing.length === 0) return;
  await ensureMonths(databases.owner, missing);
  for (const month of missing) seen.add(month);
}

/** When this process last noted that a connection is heard, by its id: in milliseconds since 1970 UTC. */
const noted = new Map<string, number>();
const NOTE_EVERY_MS = 10_000;
/** Above so many connections the oldest are forgotten, and noted anew. */
const MOST_NOTED = 10_000;

/** Notes now and then that something came in, apart from the transaction: not to wait for others who do the same. */
async function note({ databases, community, connectionId: id, now }: LiveIntakeOptions): Promise<void> {
  const at = now();
  if (Math.abs(at - (noted.get(id) ?? -Infinity)) < NOTE_EVERY_MS) return;
  noted.set(id, at);
  if (noted.size > MOST_NOTED) noted.delete(noted.keys().next().value ?? "");
  await noteEvent(databases.owner, community, { id, at });
}

/** Opens the door for one connection. It remembers nothing, so it may be opened for a single call or kept for ever. */
export function openLiveIntake(options: LiveIntakeOptions): LiveIntake {
  const { databases, community } = options;
  return {
    take: async (updates, around = {}) => {
      await makeMonths(options, updates);
      const attempt = (): Promise<readonly LiveOutcome[]> =>
        databases.repeating(async (tx, connection) => {
          await around.before?.(tx);
          const taken = await takeAll({ ...options, tx, connection, now: options.now() }, updates);
          await around.after?.(tx, taken.outcomes);
          if (taken.facts.length > 0) await append(tx, community, taken.facts);
          return taken.outcomes;
        });
      // An import that is at the same space may bring a message between our look and our writing.
      const outcomes = await attempt().catch((error: unknown) => (isRepeat(error) ? attempt() : Promise.reject(error)));
      await note(options);
      return outcomes;
    },
  };
}
