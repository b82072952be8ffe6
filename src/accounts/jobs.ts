import { sql } from "kysely";
import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { forgetLetters } from "#src/base/mail/post.ts";
import { KEPT_HOURS } from "./request-keys.ts";

/** How long it can be looked up what became of a letter. */
const LETTER_DAYS = 30;

/** Forgets answers kept for repeated writes, ended sessions, used links and old letters. */
export const forgetOld = job({
  name: "accounts.forget-old",
  data: z.object({}),
  retries: 3,
  minutes: 10,
  every: "17 * * * *",
  work: async (_, { databases, now }) => {
    const old = new Date(now() - KEPT_HOURS * 3_600_000);
    await sql`delete from request_keys where asked_at < ${old}`.execute(databases.owner);
    await sql`delete from install_request_keys where asked_at < ${old}`.execute(databases.owner);
    await forgetLetters(databases.owner, now() - LETTER_DAYS * 86_400_000);
    await sql`delete from passkey_challenges where expires_at < ${new Date(now())}`.execute(databases.owner);
    await sql`delete from half_sign_ins where expires_at < ${new Date(now())}`.execute(databases.owner);
    await sql`delete from reset_links where expires_at < ${new Date(now())}`.execute(databases.owner);
    await sql`delete from email_changes where expires_at < ${new Date(now())}`.execute(databases.owner);
    await sql`delete from sessions where expires_at < ${new Date(now())}`.execute(databases.owner);
  },
});
