import type { CommunityCall } from "#src/accounts/call.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { boardsOf } from "../store/boards.ts";
import { postOf } from "../store/posts.ts";
import { changeTopic, type HeldTopic, holdTopic } from "../store/topics.ts";

type ArrangingCall = Pick<CommunityCall, "community" | "databases" | "now">;

/** What a moderator may change of a topic; what is missing stays. */
export interface Arrangement {
  readonly isClosed?: boolean | undefined;
  readonly isPinned?: boolean | undefined;
  /** Pinned above every list, not above those of its board alone. */
  readonly isEverywhere?: boolean | undefined;
  /** Until when it is announced, in milliseconds since 1970 UTC; null ends that. */
  readonly announcedUntil?: number | null | undefined;
  readonly boardId?: string | undefined;
}

async function refuseBoard(tx: Tx, call: ArrangingCall, boardId: string | undefined): Promise<void> {
  if (boardId === undefined) return;
  const boards = await boardsOf(tx, call.community);
  if (!boards.some((board) => board.id === boardId)) refuse("not-found", "hub.no-such-board");
}

/** Tells the log that a topic is announced: whoever may read it is told. Nothing where its first post is gone. */
async function tellAnnounced(tx: Tx, call: ArrangingCall, topic: number): Promise<void> {
  const post = await postOf(tx, call.community, { topic, number: 1 });
  const spaceId = post?.spaceId ?? undefined;
  if (post === undefined || spaceId === undefined) return;
  const payload = { messageId: post.messageId, memberId: post.memberId, spaceId };
  await append(tx, call.community, [{ kind: "topic.announced", happenedAt: call.now(), payload }]);
}

/** Closes a topic, announces it, pins it to the top of its board, moves it to another board, or takes the first two back. */
export async function arrange(call: ArrangingCall, wish: Arrangement & { number: number }): Promise<HeldTopic> {
  const { community } = call;
  const { number, isClosed, isPinned, isEverywhere, announcedUntil, boardId } = wish;
  const at = call.now();
  return call.databases.asOwner(async (tx) => {
    const topic = await holdTopic(tx, community, number);
    if (topic === undefined || topic.isDeleted) return refuse("not-found", "hub.no-such-topic");
    await refuseBoard(tx, call, boardId);
    const change = {
      ...(isClosed === undefined ? {} : { closedAt: isClosed ? at : null }),
      ...(isPinned === undefined ? {} : { pinnedAt: isPinned ? at : null }),
      ...(isPinned === false ? { pinnedEverywhere: false } : {}),
      ...(isEverywhere === undefined ? {} : { pinnedEverywhere: isEverywhere }),
      ...(announcedUntil === undefined ? {} : { announcedUntil }),
      ...(boardId === undefined ? {} : { boardId }),
    };
    await changeTopic(tx, community, { number, change });
    if (typeof announcedUntil === "number" && announcedUntil > at) await tellAnnounced(tx, call, number);
    return topic;
  });
}
