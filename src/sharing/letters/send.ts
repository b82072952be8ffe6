import { provenCommunity } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { logger } from "#src/base/logger.ts";
import { Refusal } from "#src/base/refusal.ts";
import type { JobTools } from "#src/base/jobs.ts";
import { postIssue, writeIssue } from "./issue.ts";
import { nextSending } from "./rhythm.ts";
import { dueLetters, type LetterRow, moveOn, readersOf } from "./store.ts";

/** After this long a letter that could not be written is tried again. */
const AGAIN_MS = 3_600_000;

async function giveUp(tools: JobTools, letter: LetterRow, failure: string): Promise<void> {
  const now = tools.now();
  const regular = nextSending(letter, now);
  // Without a mail server nothing changes within the hour; what broke may be mended by then.
  const nextAt = failure === "sharing.no-mail-server" ? regular : Math.min(regular, now + AGAIN_MS);
  await tools.databases.asOwner((tx) => moveOn(tx, letter, { nextAt, failure, now }));
}

async function sendOne(tools: JobTools, letter: LetterRow): Promise<void> {
  if (!tools.mailer.works) return giveUp(tools, letter, "sharing.no-mail-server");
  const issue = await writeIssue(tools, letter);
  const now = tools.now();
  const community = provenCommunity(letter.communityId);
  await tools.databases.asOwner(async (tx) => {
    // Another process may have sent it meanwhile; then nothing is posted.
    if (!(await moveOn(tx, letter, { nextAt: nextSending(letter, now), sentAt: now, now }))) return;
    const readers = (await readersOf(tx, community, [letter.id])).filter(({ stoppedAt }) => stoppedAt === null);
    if (readers.length > 0) await postIssue(tx, tools, { letter, issue, readers });
  });
}

/**
 * Sends every letter whose time has come, each once: a letter moves on in the transaction that posts it. One that cannot
 * be written does not hold up the others, says why, and is tried again in an hour.
 */
export async function sendDueLetters(tools: JobTools): Promise<void> {
  for (const letter of await dueLetters(tools.databases.owner, tools.now())) {
    if (tools.signal.aborted) return;
    try {
      await sendOne(tools, letter);
    } catch (error) {
      const failure = error instanceof Refusal ? error.code : "sharing.letter-broken";
      logger.error({ letter: letter.id, failure, err: error }, "a letter could not be written");
      await giveUp(tools, letter, failure);
    }
  }
}

/** Letters whose time passed while the install was a backup; another one may have sent them. */
export async function overdueLetters(db: Db, now: number): Promise<{ id: string; content: { community: string } }[]> {
  const due = await dueLetters(db, now);
  return due.map(({ id, communityId }) => ({ id, content: { community: communityId } }));
}

/** Passes over one sending of a letter; the next one is at its regular time. */
export async function skipLetter(tx: Tx, id: string, now: number): Promise<void> {
  const letter = (await dueLetters(tx, now)).find((each) => each.id === id);
  if (letter !== undefined) await moveOn(tx, letter, { nextAt: nextSending(letter, now), now });
}
