import type { CommunityCall } from "#src/accounts/call.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { groupsCalledBefore } from "../groups/store.ts";
import { answerAgain, fillPosts, restorablePosts, type RestorablePost, textsOf } from "../store/deleted.ts";
import { touchHub } from "../store/hubs.ts";
import { recountTopic } from "../store/moves.ts";
import { changeTopic, type HeldTopic, holdTopic } from "../store/topics.ts";
import { hubIntake } from "./live.ts";
import { htmlOf, typedText } from "./text.ts";
import type { PostPlace } from "./write.ts";

/** What comes back, held until the transaction ends. Refuses when nothing of it is kept, or its topic is gone. */
async function comingBack(
  tx: Tx,
  call: CommunityCall,
  place: PostPlace,
): Promise<{ topic: HeldTopic; posts: readonly RestorablePost[] }> {
  const topic = await holdTopic(tx, call.community, place.topic);
  if (topic === undefined) return refuse("not-found", "hub.no-such-topic");
  if (topic.mergedInto !== null) return refuse("conflict", "hub.topic-merged");
  if (topic.isDeleted && place.number !== 1) return refuse("conflict", "hub.topic-first");
  const posts = await restorablePosts(tx, call.community, place);
  return posts.length === 0 ? refuse("conflict", "hub.nothing-kept") : { topic, posts };
}

async function fillAgain(tx: Tx, call: CommunityCall, back: { topic: HeldTopic; posts: readonly RestorablePost[] }) {
  const { community, facts } = call;
  const texts = await textsOf(
    tx,
    community,
    back.posts.map(({ messageId }) => messageId),
  );
  const filled: { number: number; html: string }[] = [];
  for (const { number, messageId, memberId, calledGroups } of back.posts) {
    const text = texts.get(messageId);
    if (text === undefined) continue;
    const writer = { memberId, boardId: back.topic.boardId };
    const groups = await groupsCalledBefore(tx, community, calledGroups);
    const html = await htmlOf(tx, { community, slug: facts.slug, writer, groups }, typedText(text, number));
    filled.push({ number, html });
  }
  await fillPosts(tx, community, { topic: back.topic.number, posts: filled });
}

/**
 * Brings back a deleted post, or with a topic's first post the topic and all that went with it, with their marks: they are
 * counted and found again, and an answer that had been accepted is the answer again unless another is. Nothing is told of that:
 * that it was lost was not told either. Works as long as the texts are kept.
 */
export async function restore(call: CommunityCall, place: PostPlace): Promise<HeldTopic> {
  const { community } = call;
  const at = call.now();
  const { topic, posts } = await call.databases.asOwner((tx) => comingBack(tx, call, place));
  const updates = posts.map(({ messageId, version, spaceExternalId, externalId, sentAt }) => ({
    kind: "restored" as const,
    receipt: `restore ${messageId} ${version}`,
    target: { spaceExternalId, externalId, sentAt: sentAt.getTime() },
    happenedAt: at,
  }));
  const intake = await hubIntake(call);
  await intake.take(updates, {
    before: async (tx) => {
      const now = await comingBack(tx, call, place);
      if (now.posts.length !== posts.length) refuse("conflict", "hub.topic-grew");
    },
    after: async (tx) => {
      await fillAgain(tx, call, { topic, posts });
      if (place.number === 1) {
        await changeTopic(tx, community, { number: place.topic, change: { deletedAt: null } });
      }
      await answerAgain(tx, community, place.topic);
      await recountTopic(tx, community, place.topic);
      await touchHub(tx, community);
    },
  });
  return topic;
}
