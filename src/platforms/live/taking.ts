import type { NewFact } from "#src/events.ts";
import type { ErasedPeople } from "../erasure.ts";
import type { Writing } from "../store/messages.ts";
import type { LiveOutcome } from "./updates.ts";

/** One transaction in which updates are taken, and what is known in it of those whom they name. */
export interface Taking extends Writing {
  readonly platform: string;
  readonly connectionId: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly erased: ErasedPeople | undefined;
  /** Ids of spaces by their ids on the platform. */
  readonly spaces: ReadonlyMap<string, string>;
  /** The people behind accounts, by the accounts' ids on the platform. */
  readonly people: ReadonlyMap<string, string>;
}

/** What became of one update, and what is to be told of it. */
export interface Step {
  readonly outcome: LiveOutcome;
  readonly facts: readonly NewFact[];
}

/** The step of an update that changed nothing. */
export function unchanged(
  { receipt }: { readonly receipt: string },
  outcome: Exclude<LiveOutcome["outcome"], "taken">,
  of: Pick<LiveOutcome, "messageId" | "memberId"> = {},
): Step {
  return { outcome: { receipt, outcome, ...of }, facts: [] };
}

/** The person behind an account that an update names. */
export function personOf({ people }: Taking, externalId: string): string {
  const id = people.get(externalId);
  if (id === undefined) throw new Error("an update names an account that has no person");
  return id;
}
