import type { Db } from "./database.ts";

/** Takes one thing in and says what became of it when everything that it was done together with is done. */
export type Gathering<In, Out> = (lane: string, item: In) => Promise<Out>;

interface Waiting<In, Out> {
  readonly item: In;
  readonly settle: (outcome: PromiseSettledResult<Out>) => void;
}

function unpacked<Out>(outcome: PromiseSettledResult<Out>): Out {
  if (outcome.status === "fulfilled") return outcome.value;
  throw outcome.reason;
}

async function outcomesOf<In, Out>(
  work: (items: readonly In[]) => Promise<readonly PromiseSettledResult<Out>[]>,
  items: readonly In[],
): Promise<readonly PromiseSettledResult<Out>[]> {
  try {
    return await work(items);
  } catch (reason) {
    if (items.length === 1) return [{ status: "rejected", reason }];
    // One of them spoils it for all, so each is done by itself.
    const outcomes: PromiseSettledResult<Out>[] = [];
    for (const item of items) outcomes.push(...(await outcomesOf(work, [item])));
    return outcomes;
  }
}

/**
 * Whatever is wanted in a lane while something of that lane is under way is done together as soon as that is over, at most
 * `most` at once and in the order in which it came; nothing ever waits for company. `work` returns one outcome for each item,
 * or throws, having changed nothing: then each item is done alone.
 */
export function openGathering<In, Out>(
  most: number,
  work: (items: readonly In[]) => Promise<readonly PromiseSettledResult<Out>[]>,
): Gathering<In, Out> {
  const lanes = new Map<string, Waiting<In, Out>[]>();
  const run = async (lane: string, waiting: Waiting<In, Out>[]): Promise<void> => {
    while (waiting.length > 0) {
      const together = waiting.splice(0, most);
      const outcomes = await outcomesOf(
        work,
        together.map(({ item }) => item),
      );
      const lost: PromiseSettledResult<Out> = { status: "rejected", reason: new Error("no outcome was told") };
      for (const [n, { settle }] of together.entries()) settle(outcomes[n] ?? lost);
    }
    lanes.delete(lane);
  };
  return async (lane, item) => {
    const outcome = new Promise<PromiseSettledResult<Out>>((settle) => {
      const waiting = lanes.get(lane);
      if (waiting === undefined) {
        const first = [{ item, settle }];
        lanes.set(lane, first);
        void run(lane, first);
      } else waiting.push({ item, settle });
    });
    return unpacked(await outcome);
  };
}

/** Asks a database one thing; what others ask it at the same time goes with it. */
export type Question<In, Out> = (db: Db, asked: In) => Promise<Out>;

/** So many are asked in one statement at most. */
const MOST_ASKED = 64;

/**
 * One statement for all who ask the same kind of question of a database while an earlier one is being answered. Nobody is
 * handed what was read before they asked. `ask` answers all of a list, in its order; when it fails, each is asked alone.
 */
export function askedTogether<In, Out>(
  ask: (db: Db, asked: readonly In[]) => Promise<readonly Out[]>,
): Question<In, Out> {
  const open = new WeakMap<Db, Gathering<In, Out>>();
  return (db, asked) => {
    const known = open.get(db);
    if (known !== undefined) return known("", asked);
    const fresh = openGathering<In, Out>(MOST_ASKED, async (items) => {
      const answers = await ask(db, items);
      return answers.map((value) => ({ status: "fulfilled", value }));
    });
    open.set(db, fresh);
    return fresh("", asked);
  };
}
