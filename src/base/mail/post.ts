import { sql } from "kysely";
import { z } from "zod";
import type { Db, Tx } from "../database.ts";
import { newId } from "../ids.ts";
import { type Jobs, job } from "../jobs.ts";
import { logger } from "../logger.ts";
import type { SealedColumn } from "../resealing.ts";
import type { Secrets } from "../secrets.ts";
import { type Letter, letterSchema } from "./letter.ts";
import { MailFailure, type Mailer } from "./mailer.ts";

/** How a letter stands: on its way, handed to the mail server, or given up with the reason. */
export type LetterState = "waiting" | "sent" | "failed";

/** With pauses that double from one second this keeps trying for about a day. */
const RETRIES = 16;

/** The seal of a letter opens for that letter alone. */
const place = (id: string): string => `letters/${id}`;

/** Letters that wait, for sealing anew after a rotation. */
export const sealedLetters: SealedColumn = { table: "letters", column: "sealed", key: ["id"], place };

/** What posting a letter needs; a procedure's context has it all, and so has a job. */
export interface PostTools {
  readonly jobs: Jobs;
  readonly secrets: Secrets;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

interface Standing {
  readonly sealed: string;
  readonly isLate: boolean;
  readonly tries: number;
}

async function settle(db: Db, id: string, end: { state: LetterState; failure: string | null; at: number }) {
  await sql`update letters set state = ${end.state}, failure = ${end.failure}, settled_at = ${new Date(end.at)}, sealed = null
    where id = ${id} and state = 'waiting'`.execute(db);
}

/** Hands one letter to the mail server; sent by `postLetter`. What fails is tried again until it is useless or too late. */
export const sendLetter = job({
  name: "mail.send",
  data: z.object({ id: z.uuid() }),
  retries: RETRIES,
  minutes: 2,
  abreast: 2,
  work: async ({ id }, { databases, secrets, mailer, now }) => {
    const db = databases.owner;
    const found = await sql<Standing>`
      update letters set tries = tries + 1 where id = ${id} and state = 'waiting'
      and sealed is not null returning sealed, expires_at < ${new Date(now())} as "isLate", tries`.execute(db);
    const [letter] = found.rows;
    if (letter === undefined) return;
    if (letter.isLate) return settle(db, id, { state: "failed", failure: "ELATE", at: now() });
    try {
      await mailer.send(letterSchema.parse(JSON.parse(secrets.open(letter.sealed, place(id)))), id);
      await settle(db, id, { state: "sent", failure: null, at: now() });
    } catch (error) {
      const code = error instanceof MailFailure ? error.code : "ELETTER";
      logger.warn({ letter: id, failure: code, try: letter.tries }, "a letter did not go out");
      const isFinal = !(error instanceof MailFailure) || error.isFinal || letter.tries > RETRIES;
      if (isFinal) return settle(db, id, { state: "failed", failure: code, at: now() });
      await sql`update letters set failure = ${code} where id = ${id}`.execute(db);
      throw error;
    }
  },
  dropped: ({ id }, tx) => settle(tx, id, { state: "failed", failure: "EDROPPED", at: Date.now() }),
});

/** A letter to be sent, and what for. */
export interface Posting {
  readonly letter: Letter;
  /** `feature.what`; shown beside failures. */
  readonly kind: string;
  /** After this many hours nobody needs it any more, and it is not sent. */
  readonly hours: number;
}

/**
 * Puts a letter on its way and returns its id: it leaves if and only if the owner's transaction commits. Ask
 * `mailer.works` first; where there is no mail server the letter fails at once.
 */
export async function postLetter(tools: PostTools, tx: Tx, { letter, kind, hours }: Posting): Promise<string> {
  const at = tools.now();
  const id = newId(at);
  await sql`
    insert into letters (id, kind, state, sealed, made_at, expires_at)
    values (${id}, ${kind}, 'waiting', ${tools.secrets.seal(JSON.stringify(letter), place(id))}, ${new Date(at)},
      ${new Date(at + hours * 3_600_000)})`.execute(tx);
  await tools.jobs.send(sendLetter, { id }, { tx });
  return id;
}

/** A letter for somebody who may have no address; it is written when it can go. */
export interface PostingTo extends Omit<Posting, "letter"> {
  readonly to: string | null | undefined;
  readonly letter: (to: string) => Letter;
}

/** As `postLetter`, where a letter can arrive: there is an address, and a mail server. Says whether one goes. */
export async function postToAddress(
  tools: PostTools & { readonly mailer: Mailer },
  tx: Tx,
  { to, letter, kind, hours }: PostingTo,
): Promise<boolean> {
  if (typeof to !== "string" || !tools.mailer.works) return false;
  await postLetter(tools, tx, { letter: letter(to), kind, hours });
  return true;
}

/** How a letter stands and, when it is not going well, the mail server's word for why. Undefined when it is forgotten. */
export async function letterState(
  db: Db,
  id: string,
): Promise<{ state: LetterState; failure: string | null } | undefined> {
  const found = await sql<{ state: LetterState; failure: string | null }>`
    select state, failure from letters where id = ${id}`.execute(db);
  return found.rows[0];
}

/** Forgets letters made before an instant (milliseconds since 1970 UTC). */
export async function forgetLetters(db: Db, before: number): Promise<void> {
  await sql`delete from letters where made_at < ${new Date(before)}`.execute(db);
}
