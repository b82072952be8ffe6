import { hashPassword, isPassword } from "#src/accounts/passwords.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownSession } from "../call.ts";
import { accountByEmail, passwordOf, writePassword } from "../store/accounts.ts";
import { endSessionsOf } from "../store/sessions.ts";
import { dropSignLinks } from "../store/sign-links.ts";
import { beginSession } from "./sessions.ts";

/** Signs a member in. Refuses with the same words, after the same time, whether the address or the password is wrong. */
export async function signIn(call: HubCall, who: { email: string; password: string }): Promise<void> {
  const { community, limits, address } = call;
  limits.take("sign-in.address", address);
  limits.take("sign-in.account", `${community} ${who.email}`);
  const account = await call.run((tx) => accountByEmail(tx, community, who.email));
  const fits = await isPassword(who.password, account?.passwordHash ?? undefined);
  if (!fits || account === undefined) return refuse("unauthenticated", "hub.wrong-password");
  await beginSession(call, account.accountId);
}

/**
 * Changes a member's password. Whoever has one proves that they know it. Everywhere else they are signed out, and links
 * that were sent stop working.
 */
export async function changePassword(call: HubCall, wish: { current: string; password: string }): Promise<void> {
  const { community, limits } = call;
  const { accountId, sessionId } = ownSession(call);
  limits.take("sign-in.account", `${community} ${accountId}`);
  const known = await call.run((tx) => passwordOf(tx, community, accountId));
  if (!(await isPassword(wish.current, known))) refuse("forbidden", "hub.wrong-current");
  const hash = await hashPassword(wish.password);
  await call.databases.asOwner(async (tx) => {
    await writePassword(tx, community, { id: accountId, hash });
    await endSessionsOf(tx, community, { accountId, kept: sessionId });
    await dropSignLinks(tx, community, accountId);
  });
}
