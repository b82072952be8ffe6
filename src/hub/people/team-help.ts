import type { CommunityCall } from "#src/accounts/call.ts";
import { homedToken, newSecret, secretHash } from "#src/accounts/one-time-token.ts";
import { postToAddress } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { hubAddress, TEAM_LINK_HOURS } from "../model.ts";
import { dropEmailWish } from "../store/email-changes.ts";
import { domainServed } from "../store/hubs.ts";
import { memberAccount } from "../store/members-accounts.ts";
import { addSignLink } from "../store/sign-links.ts";
import { settleEmail } from "./email-change.ts";
import { teamLinkLetter } from "./email-letters.ts";

/**
 * Makes the link by which a member sets another password and comes in, for the team to hand over. Those made before stop
 * working. The link is told this once; whoever has an address is told by letter that there is one.
 */
export async function makePasswordLink(
  call: CommunityCall,
  accountId: string,
): Promise<{ link: string; expiresAt: number }> {
  const { community, facts, publicUrl } = call;
  call.limits.take("invitation.make", call.actor.id);
  const secret = newSecret();
  const expiresAt = call.now() + TEAM_LINK_HOURS * 3_600_000;
  const domain = await call.databases.asOwner(async (tx) => {
    const account = await memberAccount(tx, community, accountId);
    if (account === undefined) return refuse("not-found", "hub.no-such-account");
    await addSignLink(tx, community, { tokenHash: secretHash(secret), accountId, purpose: "password", expiresAt });
    const stands = await domainServed(tx, community);
    const locale = account.language ?? facts.language;
    const place = { publicUrl, facts, hub: { domain: stands } };
    const letter = (to: string) => teamLinkLetter({ to, name: account.name, locale, place });
    await postToAddress(call, tx, { to: account.email, letter, kind: "hub.team-link", hours: TEAM_LINK_HOURS });
    return stands;
  });
  const home = hubAddress(publicUrl, { slug: facts.slug, domain });
  return { link: `${home}/password/${homedToken(community, secret)}`, expiresAt };
}

/** Gives a member another address at once, for the team that has made sure who asks. Everywhere they are signed out. */
export async function giveEmail(call: CommunityCall, wish: { accountId: string; email: string }): Promise<void> {
  await call.databases.asOwner(async (tx) => {
    await settleEmail(tx, call, { ...wish, keptSession: undefined });
    await dropEmailWish(tx, call.community, wish.accountId);
  });
}
