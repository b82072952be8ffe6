import { logger } from "#src/base/logger.ts";
import { isPassingFailure, nameOfFailure } from "#src/log/failure.ts";
import type { Translate } from "../adapter.ts";
import { CLOCK_LEEWAY, EARLIEST_MESSAGE } from "../model.ts";
import { addAside, writeProgress } from "../store/aside.ts";
import { type LiveIntakeOptions, openLiveIntake } from "./intake.ts";
import type { LiveUpdate } from "./updates.ts";

/** What a platform delivered, as it came. */
export interface Delivery {
  readonly raw: string;
  /** How far the platform's own queue is read with it; plain JSON. Stored with it, or with its being set aside. */
  readonly progress?: unknown;
}

/** By which connection deliveries come, and who understands them. */
export interface BringOptions extends LiveIntakeOptions {
  readonly translate: Translate;
}

/** What became of deliveries. */
export interface Brought {
  readonly taken: number;
  readonly setAside: number;
}

/** A time that no platform can mean. */
class AbsurdTime extends Error {
  override readonly name = "AbsurdTime";
}

function instantsOf(update: LiveUpdate): number[] {
  if ("message" in update) return [update.message.sentAt];
  return ["move" in update ? update.move.happenedAt : update.happenedAt];
}

/** A delivery in our words. Throws when it says nothing that can be stored. */
export function readDelivery({ translate, now }: BringOptions, raw: string): readonly LiveUpdate[] {
  const updates = translate(raw);
  const latest = now() + CLOCK_LEEWAY;
  const isAbsurd = updates.flatMap(instantsOf).some((at) => !(at >= EARLIEST_MESSAGE && at <= latest));
  if (isAbsurd) throw new AbsurdTime();
  return updates;
}

/** A delivery that was read, or why it could not be. */
interface Read {
  readonly delivery: Delivery;
  readonly updates: readonly LiveUpdate[];
  readonly error: string | undefined;
}

function readAll(options: BringOptions, deliveries: readonly Delivery[]): Read[] {
  return deliveries.map((delivery): Read => {
    try {
      return { delivery, updates: readDelivery(options, delivery.raw), error: undefined };
    } catch (error) {
      return { delivery, updates: [], error: nameOfFailure(error) };
    }
  });
}

/** Stores what was read, sets aside what could not be, and moves the progress: all in one transaction. */
async function store(options: BringOptions, reads: readonly Read[]): Promise<void> {
  const { community, connectionId, now } = options;
  const updates = reads.flatMap((read) => read.updates);
  const progress = reads.findLast(({ delivery }) => delivery.progress !== undefined)?.delivery.progress;
  await openLiveIntake(options).take(updates, {
    after: async (tx) => {
      for (const { delivery, error } of reads)
        if (error !== undefined) await addAside(tx, community, { connectionId, raw: delivery.raw, error, now: now() });
      if (progress !== undefined) await writeProgress(tx, community, { connectionId, progress });
    },
  });
}

/** Halves what cannot be stored until one guilty delivery is set aside. Their order is kept. */
async function storeAll(options: BringOptions, reads: readonly Read[]): Promise<number> {
  try {
    await store(options, reads);
    return reads.filter(({ error }) => error !== undefined).length;
  } catch (error) {
    const [guilty] = reads;
    if (isPassingFailure(error) || guilty === undefined || guilty.error !== undefined) throw error;
    if (reads.length > 1) {
      const half = Math.floor(reads.length / 2);
      return (await storeAll(options, reads.slice(0, half))) + (await storeAll(options, reads.slice(half)));
    }
    const failure = nameOfFailure(error);
    logger.error({ connection: options.connectionId, failure }, "a delivery was set aside");
    return storeAll(options, [{ ...guilty, updates: [], error: failure }]);
  }
}

/**
 * Takes in what a platform delivered, whoever wrote it: what cannot be read or stored is set aside as it came and waits
 * for a person, and the others go in, each once and in their order. Throws only what will pass by itself: call again.
 */
export async function bring(options: BringOptions, deliveries: readonly Delivery[]): Promise<Brought> {
  if (deliveries.length === 0) return { taken: 0, setAside: 0 };
  const setAside = await storeAll(options, readAll(options, deliveries));
  return { taken: deliveries.length - setAside, setAside };
}
