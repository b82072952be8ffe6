import { z } from "zod";
import { type Locale, locales } from "#src/base/locale.ts";
import { job } from "#src/base/jobs.ts";
import { type PostTools, postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Tx } from "#src/base/database.ts";
import type { Call } from "./call.ts";
import { changedLetter, resetLetter } from "./letters.ts";
import { RESET_HOURS } from "./model.ts";
import { newSecret, secretHash } from "./one-time-token.ts";
import { hashPassword } from "./passwords.ts";
import {
  personByEmail,
  personById,
  type ResetPerson,
  replaceResetLink,
  resetLinkWorks,
  resetPassword,
  useResetLink,
} from "./store/resets.ts";

const HOUR_MS = 3_600_000;
const SEAL = "accounts/reset-asked";

/** Makes a link by which one person sets a new password; those made before stop working. */
export async function makeResetLink(
  tx: Tx,
  made: { userId: string; publicUrl: string; now: number },
): Promise<{ link: string; expiresAt: number }> {
  const secret = newSecret();
  const expiresAt = made.now + RESET_HOURS * HOUR_MS;
  await replaceResetLink(tx, { tokenHash: secretHash(secret), userId: made.userId, at: made.now, expiresAt });
  return { link: `${made.publicUrl}/reset/${secret}`, expiresAt };
}

/**
 * Sends the link to whoever has the address that was asked for. Apart from the request, so that the request costs the
 * same whether somebody has that address or not.
 */
export const sendReset = job({
  name: "accounts.send-reset",
  data: z.object({ sealed: z.string(), locale: z.enum(locales) }),
  retries: 5,
  minutes: 2,
  work: async ({ sealed, locale }, { databases, jobs, secrets, publicUrl, now }) => {
    const person = await personByEmail(databases.owner, secrets.open(sealed, SEAL));
    if (person === undefined) return;
    await databases.asOwner(async (tx) => {
      const { link } = await makeResetLink(tx, { userId: person.id, publicUrl, now: now() });
      const { email: to, name } = person;
      const letter = resetLetter({ to, name, locale: person.language ?? locale, hours: RESET_HOURS, link });
      await postLetter({ jobs, secrets, now }, tx, { letter, kind: "accounts.reset", hours: RESET_HOURS });
    });
  },
});

/** Takes the wish for a new password: the same answer after the same work for every address. */
export async function askReset(call: Call, email: string): Promise<void> {
  call.limits.take("reset.address", call.address);
  call.limits.take("reset.account", email);
  if (!call.mailer.works) refuse("conflict", "accounts.no-mail");
  await call.jobs.send(sendReset, { sealed: call.secrets.seal(email, SEAL), locale: call.locale });
}

/** Whether a reset link still works. */
export async function resetWorks(call: Call, token: string): Promise<boolean> {
  call.limits.take("link.address", call.address);
  return resetLinkWorks(call.databases.owner, secretHash(token), call.now());
}

/** Posts the note that somebody's way in has changed, where there is a mail server. */
export async function tellOfChange(
  tools: PostTools & Pick<Call, "mailer" | "publicUrl">,
  tx: Tx,
  told: { person: Pick<ResetPerson, "email" | "name" | "language">; locale: Locale },
): Promise<void> {
  if (!tools.mailer.works) return;
  const { email: to, name, language } = told.person;
  const letter = changedLetter({ to, name, locale: language ?? told.locale, publicUrl: tools.publicUrl });
  await postLetter(tools, tx, { letter, kind: "accounts.changed", hours: 24 });
}

/** Sets a new password by a link. Everything that stood open for the person ends: sessions, half-done sign-ins, other links. */
export async function resetByLink(call: Call, asked: { token: string; password: string }): Promise<void> {
  call.limits.take("link.address", call.address);
  const at = call.now();
  const hash = await hashPassword(asked.password);
  await call.databases.asOwner(async (tx) => {
    const userId = await useResetLink(tx, secretHash(asked.token), at);
    if (userId === undefined) return refuse("not-found", "accounts.reset-link-over");
    await resetPassword(tx, userId, { hash, at });
    const person = await personById(tx, userId);
    if (person !== undefined) await tellOfChange(call, tx, { person, locale: call.locale });
  });
}
