import { Refusal } from "#src/base/refusal.ts";
import { type Adapter, type AdapterPlace, actionSchema, type PlatformAction } from "../adapter.ts";
import { attemptOfRefusal } from "./attempts.ts";
import type { Attempt, Sender } from "./model.ts";

/** Shorter than the lease of a row, so that nobody else takes it for dead while an answer is still waited for. */
const ANSWER_MS = 45_000;

async function perform(
  adapter: Adapter,
  place: AdapterPlace,
  asked: { action: PlatformAction; key: string },
): Promise<Attempt> {
  // The compiler cannot know that the method found under an action's kind takes that action.
  const does = adapter.actions[asked.action.kind] as
    | ((place: AdapterPlace, asked: { action: PlatformAction; key: string }) => Promise<Attempt>)
    | undefined;
  if (does === undefined) return { outcome: "refused", error: "platforms.cannot-do-that" };
  try {
    const signal = AbortSignal.any([place.signal, AbortSignal.timeout(ANSWER_MS)]);
    return await does({ ...place, signal }, asked);
  } catch (error) {
    if (error instanceof Refusal) return attemptOfRefusal(error);
    throw error;
  }
}

/** The adapter as the outbox sends by it. What an older or newer Veche wrote and nobody understands is refused. */
export function senderBy(adapter: Adapter, place: AdapterPlace): Sender {
  return {
    isIdempotent: adapter.isIdempotent,
    send: async ({ action, key }) => {
      const read = actionSchema.safeParse(action);
      if (!read.success) return { outcome: "refused", error: "platforms.unreadable-action" };
      return perform(adapter, place, { action: read.data, key });
    },
  };
}
