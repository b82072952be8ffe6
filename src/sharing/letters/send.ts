import { provenCommunity } from "#src/base/community-id.ts";
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
