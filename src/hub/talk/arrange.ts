import type { CommunityCall } from "#src/accounts/call.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { boardsOf } from "../store/boards.ts";
import { changeTopic, type HeldTopic, holdTopic } from "../store/topics.ts";

type ArrangingCall = Pick<CommunityCall, "community" | "databases" | "now">;

/** What a moderator may change of a topic; what is missing stays. */
export interface Arrangement {
  readonly isClosed?: boolean | undefined;
  readonly isPinned?: boolean | undefined;
  readonly boardId?: string | undefined;
}

async function refuseBoard(tx: Tx, call: ArrangingCall, boardId: string | undefined): Promise<void> {
  if (boardId === undefined) return;
  const boards = await boardsOf(tx, call.community);
  if (!boards.some((board) => board.id === boardId)) refuse("not-found", "hub.no-such-board");
}

/** Closes a topic, pins it to the top of its board, moves it to another board, or takes the first two back. */
export async function arrange(call: ArrangingCall, wish: Arrangement & { number: number }): Promise<HeldTopic> {
  const { community } = call;
  const { number, isClosed, isPinned, boardId } = wish;
  const at = call.now();
  return call.databases.asOwner(async (tx) => {
    const topic = await holdTopic(tx, community, number);
    if (topic === undefined || topic.isDeleted) return refuse("not-found", "hub.no-such-topic");
    await refuseBoard(tx, call, boardId);
    const change = {
      ...(isClosed === undefined ? {} : { closedAt: isClosed ? at : null }),
      ...(isPinned === undefined ? {} : { pinnedAt: isPinned ? at : null }),
      ...(boardId === undefined ? {} : { boardId }),
    };
    await changeTopic(tx, community, { number, change });
    return topic;
  });
}
