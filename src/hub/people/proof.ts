import { isPassword } from "#src/accounts/passwords.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownSession } from "../call.ts";
import { passwordOf } from "../store/accounts.ts";
import { markProved, provedAt } from "../store/sessions.ts";

/** How long a proof counts: time for one visit to the settings, too short for whoever finds the screen unlocked later. */
const PROOF_MS = 10 * 60_000;

/** Whether a member proved in this session, by signing in or later and minutes ago, that they are who they are. */
export async function isProved(call: HubCall): Promise<boolean> {
  const { sessionId } = ownSession(call);
  const at = await call.run((tx) => provedAt(tx, call.community, sessionId));
  return at !== undefined && call.now() - at.getTime() <= PROOF_MS;
}

/** Lets nobody change how a member signs in but that member: see `isProved`. */
export async function needProof(call: HubCall): Promise<void> {
  if (!(await isProved(call))) refuse("forbidden", "hub.prove-first");
}

/** Notes that whoever holds this session has just proved who they are. */
export async function proved(call: HubCall): Promise<void> {
  const { sessionId: id } = ownSession(call);
  await call.run((tx) => markProved(tx, call.community, { id, at: call.now() }));
}

/** Takes a member's password as the proof. Ten tries in a quarter of an hour. */
export async function proveByPassword(call: HubCall, password: string): Promise<void> {
  const { community, limits } = call;
  const { accountId } = ownSession(call);
  limits.take("sign-in.account", `${community} ${accountId}`);
  const known = await call.run((tx) => passwordOf(tx, community, accountId));
  if (!(await isPassword(password, known))) refuse("forbidden", "hub.wrong-current");
  await proved(call);
}
