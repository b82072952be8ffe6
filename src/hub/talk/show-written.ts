import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { LiveUpdate } from "#src/platforms/live/updates.ts";
import { groupsCalledBefore } from "../groups/store.ts";
import { answerAgain, fillPosts, textsOf } from "../store/deleted.ts";
import { touchHub } from "../store/hubs.ts";
import { recountTopic } from "../store/moves.ts";
import { holdTopics } from "../store/topics.ts";
import { leaveAway, reviveTopics, type TakenPost, takenAlong } from "../store/written.ts";
import { type Hiding, targetOf, throughStretches } from "./hide-written.ts";
import { hubIntake } from "./live.ts";
import { htmlOf, typedText } from "./text.ts";

/** Whose posts come back, and to which hub. */
export interface Showing extends Hiding {
  readonly slug: string;
}

/** Each is drawn anew from its text, and their topics are held meanwhile: fewer at once than go. */
const AT_ONCE = 100;

function restorationsOf(posts: readonly TakenPost[], at: number): LiveUpdate[] {
  return posts.flatMap((post) => {
    const target = targetOf(post);
    const receipt = `restore ${post.messageId} ${post.version}`;
    return target === undefined ? [] : [{ kind: "restored" as const, receipt, target, happenedAt: at }];
  });
}

const keyOf = ({ topic, number, version, comesBack }: TakenPost): string =>
  `${topic} ${number} ${version} ${comesBack}`;

async function fillAgain(tx: Tx, { community, slug, author }: Showing, posts: readonly TakenPost[]): Promise<void> {
  const ids = posts.map(({ messageId }) => messageId);
  const texts = await textsOf(tx, community, ids);
  for (const [topic, its] of Map.groupBy(posts, (post) => post.topic)) {
    const filled: { number: number; html: string }[] = [];
    for (const { number, messageId, boardId, calledGroups } of its) {
      const groups = await groupsCalledBefore(tx, community, calledGroups);
      const writer = { memberId: author.memberId, boardId };
      const text = typedText(texts.get(messageId) ?? "", number);
      filled.push({ number, html: await htmlOf(tx, { community, slug, writer, groups }, text) });
    }
    await fillPosts(tx, community, { topic, posts: filled });
    await answerAgain(tx, community, topic);
    await recountTopic(tx, community, topic);
  }
}

async function showStretch(showing: Showing, posts: readonly TakenPost[]): Promise<void> {
  const { community, author, isWanted } = showing;
  const back = posts.filter(({ comesBack }) => comesBack);
  const topics = [...new Set(posts.map(({ topic }) => topic))];
  const intake = await hubIntake(showing);
  await intake.take(restorationsOf(back, showing.now()), {
    before: async (tx) => {
      if ((await isWanted?.(tx)) === false) refuse("conflict", "hub.not-leaving");
      await holdTopics(tx, community, topics);
      const now = await takenAlong(tx, community, { memberId: author.memberId, limit: posts.length });
      if (now.map(keyOf).join() !== posts.map(keyOf).join()) refuse("conflict", "hub.topic-grew");
    },
    after: async (tx) => {
      await reviveTopics(tx, community, [...new Set(back.map(({ topic }) => topic))]);
      await fillAgain(tx, showing, back);
      await leaveAway(
        tx,
        community,
        posts.filter(({ comesBack }) => !comesBack),
      );
      await touchHub(tx, community);
    },
  });
}

/**
 * Brings back what went with a member, in stretches, each in one transaction, told like any restoration: with its marks and
 * pictures, and as the accepted answer unless another is. What stands in a topic that was deleted meanwhile stays with it. False
 * when it ended before all was back.
 */
export async function showWritten(showing: Showing): Promise<boolean> {
  const { databases, community, author, signal } = showing;
  const ask = { memberId: author.memberId, limit: AT_ONCE };
  return throughStretches(signal, {
    read: () => takenAlong(databases.owner, community, ask),
    take: (posts) => showStretch(showing, posts),
  });
}
