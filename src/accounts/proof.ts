import { refuse } from "#src/base/refusal.ts";
import type { PersonCall } from "./call.ts";
import { provedAt } from "./store/sessions.ts";

/** How long a proof counts: time for one visit to the settings, too short for whoever finds the screen unlocked later. */
const PROOF_MS = 10 * 60_000;

/** Lets nobody change how somebody signs in unless they proved in this session, minutes ago, that they are that person. */
export async function needProof(call: PersonCall): Promise<void> {
  const at = await provedAt(call.databases.owner, call.sessionId);
  if (at === undefined || call.now() - at > PROOF_MS) refuse("forbidden", "accounts.prove-first");
}
