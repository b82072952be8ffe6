import { hashPassword, isPassword } from "#src/accounts/passwords.ts";
import { postToAddress } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownSession } from "../call.ts";
import { accountByEmail, passwordOf, writePassword } from "../store/accounts.ts";
import { memberAccount } from "../store/members-accounts.ts";
import { endSessionsOf } from "../store/sessions.ts";
import { dropSignLinks } from "../store/sign-links.ts";
import { passwordSetLetter } from "./email-letters.ts";
import { needProof } from "./proof.ts";
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

/** Refuses a first password to whoever has not just proved who they are, and where there is no address to sign in with. */
async function refuseFirstPassword(call: HubCall, email: string | null | undefined): Promise<void> {
  await needProof(call);
  if (typeof email !== "string") refuse("conflict", "hub.password-needs-email");
}

/**
 * Changes a member's password, or sets their first one. Whoever has one proves that they know it, whoever has none that it is
 * them, minutes ago. Everywhere else they are signed out, links that were sent stop working, and a letter tells them.
 */
export async function changePassword(
  call: HubCall,
  wish: { current: string | undefined; password: string },
): Promise<void> {
  const { community, limits } = call;
  const { accountId, sessionId } = ownSession(call);
  limits.take("sign-in.account", `${community} ${accountId}`);
  const { known, account } = await call.run(async (tx) => ({
    known: await passwordOf(tx, community, accountId),
    account: await memberAccount(tx, community, accountId),
  }));
  if (known === undefined) await refuseFirstPassword(call, account?.email);
  else if (!(await isPassword(wish.current ?? "", known))) refuse("forbidden", "hub.wrong-current");
  const hash = await hashPassword(wish.password);
  await call.databases.asOwner(async (tx) => {
    await writePassword(tx, community, { id: accountId, hash });
    await endSessionsOf(tx, community, { accountId, kept: sessionId });
    await dropSignLinks(tx, community, accountId);
    const about = { name: account?.name ?? "", locale: account?.language ?? call.locale, place: call };
    const letter = (to: string) => passwordSetLetter({ ...about, to });
    await postToAddress(call, tx, { to: account?.email, letter, kind: "hub.password-set", hours: 24 });
  });
}
