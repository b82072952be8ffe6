import { refuse, Refusal } from "#src/base/refusal.ts";
import { forgetDeletedTexts } from "#src/platforms/erasure.ts";
import type { Account } from "../model.ts";
import { dropFilesOf } from "../store/files.ts";
import { holdTopics } from "../store/topics.ts";
import { countUnchanged, deletedOfMember, emptyWritten, type WrittenPost, writtenBy } from "../store/written.ts";
import { authorOf, hubIntake, type LivePlace } from "./live.ts";

/** Posts that go in one transaction: it holds their topics, so it is to take well under a second. */
const AT_ONCE = 500;

function deletionsOf(posts: readonly WrittenPost[], { at, by }: { at: number; by: ReturnType<typeof authorOf> }) {
  return posts.flatMap(({ messageId, version, spaceExternalId, externalId, sentAt }) =>
    spaceExternalId === null || externalId === null
      ? []
      : [
          {
            kind: "deleted" as const,
            receipt: `delete ${messageId} ${version}`,
            target: { spaceExternalId, externalId, sentAt: sentAt.getTime() },
            happenedAt: at,
            by,
          },
        ],
  );
}

async function removeStretch(place: LivePlace, author: Account, posts: readonly WrittenPost[]): Promise<void> {
  const { community } = place;
  const { memberId } = author;
  const at = place.now();
  const intake = await hubIntake(place);
  await intake.take(deletionsOf(posts, { at, by: authorOf(author, false) }), {
    before: async (tx) => {
      await holdTopics(tx, community, [...new Set(posts.map(({ topic }) => topic))]);
      if ((await countUnchanged(tx, community, posts)) !== posts.length) refuse("conflict", "hub.topic-grew");
    },
    after: async (tx) => {
      await dropFilesOf(tx, community, posts);
      await emptyWritten(tx, community, { memberId, at, posts });
      await forgetDeletedTexts(
        tx,
        community,
        posts.map(({ messageId }) => messageId),
      );
    },
  });
}

/** How often a stretch is read anew because somebody edited, moved or deleted a post of it at the same moment. */
const MOST_TRIES = 10;

/**
 * Deletes everything a member wrote, in stretches, each in one transaction and told like any deletion, and forgets what it
 * said: nothing brings it back. Stopped by the signal it ends behind a stretch and says so by `false`; the next call goes on.
 */
export async function removeWritten(place: LivePlace, author: Account, signal: AbortSignal): Promise<boolean> {
  const { databases, community } = place;
  const { memberId } = author;
  let tries = 0;
  for (;;) {
    if (signal.aborted) return false;
    const posts = await writtenBy(databases.owner, community, { memberId, limit: AT_ONCE });
    if (posts.length === 0) break;
    try {
      await removeStretch(place, author, posts);
      tries = 0;
    } catch (error) {
      tries += 1;
      if (!(error instanceof Refusal) || error.code !== "hub.topic-grew" || tries >= MOST_TRIES) throw error;
    }
  }
  await databases.asOwner(async (tx) =>
    forgetDeletedTexts(tx, community, await deletedOfMember(tx, community, memberId)),
  );
  return true;
}
