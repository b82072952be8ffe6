import { forgetDeletedTexts } from "#src/platforms/erasure.ts";
import type { Account } from "../model.ts";
import { dropFilesOf } from "../store/files.ts";
import { takeAllAlong } from "../store/written.ts";
import { hideWritten } from "./hide-written.ts";
import type { LivePlace } from "./live.ts";

/**
 * Deletes everything a member wrote and forgets what it said, with the files that nothing else shows: nothing brings it back.
 * Stopped by the signal it ends behind a stretch and says so by `false`; the next call goes on.
 */
export async function removeWritten(place: LivePlace, author: Account, signal: AbortSignal): Promise<boolean> {
  const { databases, community } = place;
  if (!(await hideWritten({ ...place, author, signal }))) return false;
  await databases.asOwner(async (tx) => {
    const gone = await takeAllAlong(tx, community, author.memberId);
    await dropFilesOf(tx, community, gone);
    await forgetDeletedTexts(
      tx,
      community,
      gone.map(({ messageId }) => messageId),
    );
  });
  return true;
}
