import { z } from "zod";
import type { Tx } from "#src/base/database.ts";
import { job } from "#src/base/jobs.ts";
import { type Locale, locales } from "#src/base/locale.ts";
import { postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Call, PersonCall } from "./call.ts";
import { confirmEmailLetter, emailChangedLetter, emailTakenLetter } from "./letters.ts";
import { EMAIL_CHANGE_HOURS } from "./model.ts";
import { newSecret, secretHash } from "./one-time-token.ts";
import { needProof } from "./proof.ts";
import { replaceEmail, replaceEmailChange, useEmailChange } from "./store/email-changes.ts";
import { isAddressTaken } from "./store/people.ts";
import { personById } from "./store/resets.ts";

const HOUR_MS = 3_600_000;
const SEAL = "accounts/email-asked";

const askedSchema = z.object({ userId: z.uuid(), email: z.string(), secret: z.string() });

/**
 * Sends the link to the address that is to be confirmed, or says there that it belongs to an account already. Apart from
 * the request, so that nobody learns from it whose addresses are known here.
 */
export const sendEmailChange = job({
  name: "accounts.send-email-change",
  data: z.object({ sealed: z.string(), locale: z.enum(locales) }),
  retries: 5,
  minutes: 2,
  work: async ({ sealed, locale: asked }, { databases, jobs, secrets, publicUrl, now }) => {
    const { userId, email: to, secret } = askedSchema.parse(JSON.parse(secrets.open(sealed, SEAL)));
    const person = await personById(databases.owner, userId);
    if (person === undefined) return;
    const locale = person.language ?? asked;
    const letter = (await isAddressTaken(databases.owner, to))
      ? emailTakenLetter({ to, locale, publicUrl })
      : confirmEmailLetter({ to, name: person.name, locale, link: `${publicUrl}/email/${secret}` });
    await databases.asOwner((tx) =>
      postLetter({ jobs, secrets, now }, tx, { letter, kind: "accounts.email", hours: EMAIL_CHANGE_HOURS }),
    );
  },
});

interface Settled {
  readonly userId: string;
  readonly email: string;
  readonly keptSession: string;
}

/** Gives somebody their new address and tells the one before. */
async function settle(tx: Tx, call: Call, { userId, ...change }: Settled): Promise<void> {
  const person = await personById(tx, userId);
  if (person === undefined) return refuse("not-found", "accounts.email-link-over");
  if (await isAddressTaken(tx, change.email)) return refuse("conflict", "accounts.email-taken");
  await replaceEmail(tx, userId, change);
  if (!call.mailer.works) return;
  const { email: to, name, language } = person;
  const locale: Locale = language ?? call.locale;
  const letter = emailChangedLetter({ to, name, locale, next: change.email });
  await postLetter(call, tx, { letter, kind: "accounts.email-changed", hours: 24 });
}

/**
 * Takes the wish for another address to sign in with, from somebody who has just proved who they are. With a mail server
 * the address counts once its owner has confirmed it, and the answer is the same for an address that somebody has; without
 * one it counts at once.
 */
export async function askEmailChange(call: PersonCall, email: string): Promise<"asked" | "changed"> {
  await needProof(call);
  const { person, sessionId, databases, secrets, locale } = call;
  if (email === person.email) return refuse("invalid", "accounts.same-address");
  call.limits.take("email.change", person.id);
  if (!call.mailer.works) {
    await databases.asOwner((tx) => settle(tx, call, { userId: person.id, email, keptSession: sessionId }));
    return "changed";
  }
  call.limits.take("reset.account", email);
  const secret = newSecret();
  const at = call.now();
  await replaceEmailChange(databases.owner, {
    userId: person.id,
    email,
    sessionId,
    tokenHash: secretHash(secret),
    at,
    expiresAt: at + EMAIL_CHANGE_HOURS * HOUR_MS,
  });
  const sealed = secrets.seal(JSON.stringify({ userId: person.id, email, secret }), SEAL);
  await call.jobs.send(sendEmailChange, { sealed, locale });
  return "asked";
}

/** Confirms an address by the link that was sent to it; answers whose it is now. */
export async function confirmEmail(call: Call, token: string): Promise<string> {
  call.limits.take("link.address", call.address);
  return call.databases.asOwner(async (tx) => {
    const change = await useEmailChange(tx, secretHash(token), call.now());
    if (change === undefined) return refuse("not-found", "accounts.email-link-over");
    const { userId, email, sessionId } = change;
    await settle(tx, call, { userId, email, keptSession: sessionId });
    return userId;
  });
}
