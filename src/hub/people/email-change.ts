import { z } from "zod";
import type { Call } from "#src/accounts/call.ts";
import { homedToken, newSecret, readHomedToken, secretHash } from "#src/accounts/one-time-token.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { job } from "#src/base/jobs.ts";
import { locales } from "#src/base/locale.ts";
import { postLetter, postToAddress } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownSession } from "../call.ts";
import { EMAIL_CHANGE_HOURS } from "../model.ts";
import { isEmailTaken, replaceEmailWish, takeEmailWish, writeEmail } from "../store/email-changes.ts";
import { domainServed, hubBySlug } from "../store/hubs.ts";
import { memberAccount } from "../store/members-accounts.ts";
import { endSessionsOf } from "../store/sessions.ts";
import { dropSignLinks } from "../store/sign-links.ts";
import { confirmEmailLetter, emailChangedLetter, emailTakenLetter } from "./email-letters.ts";
import type { LetterPlace } from "./letters.ts";
import { needProof } from "./proof.ts";

const SEAL = "hub/email-asked";

const askedSchema = z.object({ accountId: z.uuid(), email: z.string(), secret: z.string() });

/**
 * Sends the link to the address that is to be confirmed, or says there that it belongs to a member already. Apart from the
 * request, so that nobody learns from it whose addresses are known here.
 */
export const sendEmailChange = job({
  name: "hub.send-email-change",
  data: z.object({ slug: z.string(), sealed: z.string(), locale: z.enum(locales) }),
  retries: 5,
  minutes: 2,
  work: async ({ slug, sealed, locale: asked }, { databases, jobs, secrets, publicUrl, now }) => {
    const found = await hubBySlug(databases.owner, slug);
    if (found?.hub.isOpen !== true) return;
    const { facts, hub } = found;
    const community = provenCommunity(facts.id);
    const { accountId, email: to, secret } = askedSchema.parse(JSON.parse(secrets.open(sealed, SEAL)));
    await databases.asOwner(async (tx) => {
      const account = await memberAccount(tx, community, accountId);
      if (account === undefined) return;
      const about = { to, name: account.name, locale: account.language ?? asked, place: { publicUrl, facts, hub } };
      const token = homedToken(community, secret);
      const isTaken = await isEmailTaken(tx, community, to);
      const letter = isTaken ? emailTakenLetter(about) : confirmEmailLetter({ ...about, token });
      await postLetter({ jobs, secrets, now }, tx, { letter, kind: "hub.email", hours: EMAIL_CHANGE_HOURS });
    });
  },
});

/**
 * Takes a member's wish for another address, when they proved minutes ago who they are. It counts once the letter to it was
 * opened; the answer is the same for an address that somebody has. Where no letters go out the team changes addresses.
 */
export async function askEmailChange(call: HubCall, email: string): Promise<void> {
  const { community, facts, secrets, limits } = call;
  const { accountId, sessionId } = ownSession(call);
  await needProof(call);
  if (!call.mailer.works) refuse("conflict", "hub.email-by-team");
  const mine = await call.run((tx) => memberAccount(tx, community, accountId));
  if (mine?.email === email) refuse("invalid", "hub.same-email");
  limits.take("email.change", accountId);
  limits.take("reset.account", `${community} ${email}`);
  const secret = newSecret();
  const at = call.now();
  const wish = { accountId, email, sessionId, tokenHash: secretHash(secret), at };
  const expiresAt = at + EMAIL_CHANGE_HOURS * 3_600_000;
  await call.run((tx) => replaceEmailWish(tx, community, { ...wish, expiresAt }));
  const sealed = secrets.seal(JSON.stringify({ accountId, email, secret }), SEAL);
  await call.jobs.send(sendEmailChange, { slug: facts.slug, sealed, locale: call.locale });
}

/** Where an address is changed. */
interface ChangingPlace extends Pick<Call, "mailer" | "jobs" | "secrets" | "now" | "locale"> {
  readonly community: CommunityId;
  readonly publicUrl: string;
  readonly facts: LetterPlace["facts"];
}

/**
 * Gives an account another address. Links that were sent stop working, every session but one ends, and the address before
 * is told. Refuses an address that somebody has.
 */
export async function settleEmail(
  tx: Tx,
  call: ChangingPlace,
  change: { accountId: string; email: string; keptSession: string | undefined },
): Promise<void> {
  const { community } = call;
  const { accountId, email, keptSession } = change;
  const before = await memberAccount(tx, community, accountId);
  if (before === undefined) return refuse("not-found", "hub.no-such-account");
  if (!(await writeEmail(tx, community, { id: accountId, email }))) refuse("conflict", "hub.email-taken");
  await dropSignLinks(tx, community, accountId);
  await endSessionsOf(tx, community, { accountId, kept: keptSession });
  const place = { ...call, hub: { domain: await domainServed(tx, community) } };
  const about = { name: before.name, locale: before.language ?? call.locale, place };
  const letter = (to: string) => emailChangedLetter({ ...about, to, next: email });
  await postToAddress(call, tx, { to: before.email, letter, kind: "hub.email-changed", hours: 24 });
}

/** Confirms an address by the link that was sent to it, once; signs nobody in. */
export async function confirmEmail(call: HubCall, token: string): Promise<void> {
  const { community } = call;
  call.limits.take("link.address", call.address);
  const read = readHomedToken(token);
  if (read?.communityId !== community) return refuse("not-found", "hub.link-over");
  await call.databases.asOwner(async (tx) => {
    const link = { tokenHash: secretHash(read.secret), now: call.now() };
    const wish = await takeEmailWish(tx, community, link);
    if (wish === undefined) return refuse("not-found", "hub.link-over");
    const { accountId, email, sessionId } = wish;
    await settleEmail(tx, call, { accountId, email, keptSession: sessionId });
  });
}
