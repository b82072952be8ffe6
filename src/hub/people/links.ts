import { z } from "zod";
import { homedToken, newSecret, readHomedToken, secretHash } from "#src/accounts/one-time-token.ts";
import { hashPassword } from "#src/accounts/passwords.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import { job } from "#src/base/jobs.ts";
import { locales } from "#src/base/locale.ts";
import { postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { SIGN_LINK_MINUTES } from "../model.ts";
import { accountByEmail, writePassword } from "../store/accounts.ts";
import { hubBySlug } from "../store/hubs.ts";
import { endSessionsOf } from "../store/sessions.ts";
import { addSignLink, type LinkPurpose, takeSignLink } from "../store/sign-links.ts";
import { linkLetter } from "./letters.ts";
import { beginSession } from "./sessions.ts";

const SEAL = "hub/link-asked";

/**
 * Sends the link to whoever has the address that was asked for. Apart from the request, so that the request costs the
 * same whether somebody has that address or not.
 */
export const sendLink = job({
  name: "hub.send-link",
  data: z.object({
    slug: z.string(),
    sealed: z.string(),
    purpose: z.enum(["sign-in", "password"]),
    locale: z.enum(locales),
  }),
  retries: 5,
  minutes: 2,
  work: async ({ slug, sealed, purpose, locale }, { databases, jobs, secrets, publicUrl, now }) => {
    const found = await hubBySlug(databases.owner, slug);
    if (found?.hub.isOpen !== true) return;
    const { facts, hub } = found;
    const community = provenCommunity(facts.id);
    const to = secrets.open(sealed, SEAL);
    const secret = newSecret();
    await databases.asOwner(async (tx) => {
      const account = await accountByEmail(tx, community, to);
      if (account === undefined) return;
      const { accountId, name } = account;
      const expiresAt = now() + SIGN_LINK_MINUTES * 60_000;
      await addSignLink(tx, community, { tokenHash: secretHash(secret), accountId, purpose, expiresAt });
      const token = homedToken(community, secret);
      const letter = linkLetter({ to, name, locale, purpose, token, place: { publicUrl, facts, hub } });
      await postLetter({ jobs, secrets, now }, tx, { letter, kind: `hub.${purpose}`, hours: 1 });
    });
  },
});

/** Takes the wish for a link by mail: the same answer after the same work for every address. */
export async function askLink(call: HubCall, email: string, purpose: LinkPurpose): Promise<void> {
  const { community, facts, limits, secrets, locale } = call;
  if (!call.mailer.works) refuse("conflict", "hub.no-mail");
  limits.take("reset.address", call.address);
  limits.take("reset.account", `${community} ${email}`);
  await call.jobs.send(sendLink, { slug: facts.slug, sealed: secrets.seal(email, SEAL), purpose, locale });
}

function linkOf(call: HubCall, token: string, purpose: LinkPurpose) {
  call.limits.take("link.address", call.address);
  const read = readHomedToken(token);
  if (read?.communityId !== call.community) return refuse("not-found", "hub.link-over");
  return { tokenHash: secretHash(read.secret), purpose, now: call.now() };
}

/** Signs somebody in by the link of a letter, once. */
export async function openSignLink(call: HubCall, token: string): Promise<void> {
  const link = linkOf(call, token, "sign-in");
  const accountId = await call.run((tx) => takeSignLink(tx, call.community, link));
  if (accountId === undefined) return refuse("not-found", "hub.link-over");
  await beginSession(call, accountId);
}

/** Sets another password by the link of a letter, once. Everywhere else the member is signed out, and signed in here. */
export async function setPasswordByLink(call: HubCall, asked: { token: string; password: string }): Promise<void> {
  const link = linkOf(call, asked.token, "password");
  const { community } = call;
  const hash = await hashPassword(asked.password);
  const accountId = await call.databases.asOwner(async (tx) => {
    const id = await takeSignLink(tx, community, link);
    if (id === undefined) return refuse("not-found", "hub.link-over");
    await writePassword(tx, community, { id, hash });
    await endSessionsOf(tx, community, { accountId: id, kept: undefined });
    return id;
  });
  await beginSession(call, accountId);
}
