import type { Tx } from "#src/base/database.ts";
import { refuse, Refusal } from "#src/base/refusal.ts";
import type { LiveUpdate } from "#src/platforms/live/updates.ts";
import type { Account } from "../model.ts";
import { holdTopics } from "../store/topics.ts";
import { countUnchanged, emptyWritten, type WrittenPost, writtenBy } from "../store/written.ts";
import { authorOf, hubIntake, type LivePlace } from "./live.ts";

/** Whose posts go, and until when: stopped by the signal it ends behind a stretch. */
export interface Hiding extends LivePlace {
  readonly author: Account;
  readonly signal: AbortSignal;
  /** Asked in each stretch's transaction, first of all: false ends the whole. */
  readonly isWanted?: (tx: Tx) => Promise<boolean>;
}

/** Posts that go in one transaction: it holds their topics, so it is to take well under a second. */
const AT_ONCE = 500;

/** Where the message of a post is known, and where it was written. */
export function targetOf({ spaceExternalId, externalId, sentAt }: WrittenPost) {
  if (spaceExternalId === null || externalId === null) return undefined;
  return { spaceExternalId, externalId, sentAt: sentAt.getTime() };
}

function deletionsOf(posts: readonly WrittenPost[], { author, at }: { author: Account; at: number }): LiveUpdate[] {
  const by = authorOf(author, false);
  return posts.flatMap((post) => {
    const target = targetOf(post);
    const receipt = `delete ${post.messageId} ${post.version}`;
    return target === undefined ? [] : [{ kind: "deleted" as const, receipt, target, happenedAt: at, by }];
  });
}

async function hideStretch(hiding: Hiding, posts: readonly WrittenPost[]): Promise<void> {
  const { community, author, isWanted } = hiding;
  const at = hiding.now();
  const intake = await hubIntake(hiding);
  await intake.take(deletionsOf(posts, { author, at }), {
    before: async (tx) => {
      if ((await isWanted?.(tx)) === false) refuse("conflict", "hub.not-leaving");
      await holdTopics(tx, community, [...new Set(posts.map(({ topic }) => topic))]);
      if ((await countUnchanged(tx, community, posts)) !== posts.length) refuse("conflict", "hub.topic-grew");
    },
    after: (tx) => emptyWritten(tx, community, { memberId: author.memberId, at, posts }),
  });
}

/** How often a stretch is read anew because somebody edited, moved or deleted a post of it at the same moment. */
const MOST_TRIES = 10;

/**
 * Does something with posts, stretch by stretch, until `read` finds none; a stretch that changed meanwhile is read anew. False
 * when the signal stopped it, or nobody wants it any more: then some posts may be left.
 */
export async function throughStretches<Post>(
  signal: AbortSignal,
  { read, take }: { read: () => Promise<readonly Post[]>; take: (posts: readonly Post[]) => Promise<void> },
): Promise<boolean> {
  let tries = 0;
  for (;;) {
    if (signal.aborted) return false;
    const posts = await read();
    if (posts.length === 0) return true;
    try {
      await take(posts);
      tries = 0;
    } catch (error) {
      if (error instanceof Refusal && error.code === "hub.not-leaving") return false;
      tries += 1;
      if (!(error instanceof Refusal) || error.code !== "hub.topic-grew" || tries >= MOST_TRIES) throw error;
    }
  }
}

/**
 * Hides everything a member wrote, in stretches, each in one transaction and told like any deletion: gone from everything that
 * is shown, counted and found, and kept so that they alone can bring it back. False when it ended before all was hidden.
 */
export async function hideWritten(hiding: Hiding): Promise<boolean> {
  const { databases, community, author, signal } = hiding;
  const ask = { memberId: author.memberId, limit: AT_ONCE };
  return throughStretches(signal, {
    read: () => writtenBy(databases.owner, community, ask),
    take: (posts) => hideStretch(hiding, posts),
  });
}
