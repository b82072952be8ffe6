import type { Db, Tx } from "#src/base/database.ts";
import { type HubCall, listsVersion, livingBoards, seenBoards } from "../call.ts";
import { accountOf, type Post, POSTS_A_PAGE, type TopicRow } from "../model.ts";
import { reasonsOf } from "../store/deleted.ts";
import { pinnedAt } from "../store/kept-topics.ts";
import { movedAway, placeNow } from "../store/moves.ts";
import { announcedTopics, topicOf, type WholeTopic } from "../store/topics.ts";

/** Posts that stood one behind the other and went over to another topic together. */
export interface GoneOver {
  /** The places that they left, in order. */
  readonly numbers: readonly number[];
  /** Where the first of them stands now; undefined where the reader may not go. */
  readonly to: { readonly topic: number; readonly title: string; readonly number: number } | undefined;
}

/** What left a page of a topic, run by run; asked only where numbers are missing. */
export async function goneOverFrom(
  tx: Db | Tx,
  call: HubCall,
  { topic, page, shown }: { topic: WholeTopic; page: number; shown: number },
): Promise<GoneOver[]> {
  const [first, last] = [(page - 1) * POSTS_A_PAGE + 1, Math.min(page * POSTS_A_PAGE, topic.lastPost)];
  if (shown > last - first) return [];
  const boards = new Set(seenBoards(call).map(({ id }) => id));
  const runs: { topic: number; run: GoneOver & { numbers: number[] } }[] = [];
  for (const post of await movedAway(tx, call.community, { topic: topic.number, from: first, to: last })) {
    const before = runs.at(-1);
    const isNext = before?.topic === post.topic && before.run.numbers.at(-1) === post.number - 1;
    if (isNext) before.run.numbers.push(post.number);
    else {
      const maySee = boards.has(post.boardId) && !post.isDeleted;
      const to = maySee ? { topic: post.topic, title: post.title, number: post.at } : undefined;
      runs.push({ topic: post.topic, run: { numbers: [post.number], to } });
    }
  }
  return runs.map(({ run }) => run);
}

/** Why the team deleted posts of a page, by their numbers: whoever reads learns it of their own, moderators of all. */
export async function reasonsFor(
  tx: Db | Tx,
  call: HubCall,
  { topic, posts }: { topic: number; posts: readonly Post[] },
): Promise<ReadonlyMap<number, string>> {
  const { visitor } = call;
  const isModerator = visitor.kind === "team" && visitor.mayModerate;
  const mine = accountOf(visitor)?.memberId;
  const isAny = posts.some((post) => post.isDeleted && (isModerator || post.author.memberId === mine));
  return isAny ? reasonsOf(tx, call.community, { topic, memberId: isModerator ? undefined : mine }) : new Map();
}

/** What stands above a list, and what is announced on the first page: of what the visitor sees, of archives in their own list alone. */
export async function standingOut(
  call: HubCall,
  boardId: string | undefined,
): Promise<{ pinned: readonly TopicRow[]; announced: readonly TopicRow[] }> {
  const { community, databases } = call;
  const boards = boardId === undefined ? livingBoards(call) : seenBoards(call);
  const boardIds = boards.map(({ id }) => id);
  const [pinned, announced] = await Promise.all([
    pinnedAt(databases.planned, community, { asked: { boardIds, boardId }, version: listsVersion(call) }),
    boardId === undefined ? announcedTopics(databases.planned, community, { boardIds, at: call.now() }) : [],
  ]);
  return { pinned, announced };
}

/**
 * Where a post stands that left this place, or the first one behind it that did; undefined when none did, and when whoever
 * asks may not go there.
 */
export async function standsNow(
  call: HubCall,
  place: { topic: number; number: number },
): Promise<{ topic: WholeTopic; number: number } | undefined> {
  return call.run(async (tx) => {
    const now = await placeNow(tx, call.community, place);
    const topic = now && (await topicOf(tx, call.community, now.topic));
    const maySee = topic !== undefined && seenBoards(call).some(({ id }) => id === topic.boardId);
    return maySee && !topic.isDeleted ? { topic, number: now?.number ?? 1 } : undefined;
  });
}
