import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Consumer } from "#src/log/consumer.ts";
import { factsOf } from "#src/log/consumer.ts";
import { tellOfAccepted, tellOfAnnounced, tellOfMarks, forgetWithdrawn } from "./notices/deeds.ts";
import { wakeLookUp } from "./links/look-up.ts";
import { wakeDevices } from "./push/tell-news.ts";
import { forgetEmptied, noteLinks } from "./links/store.ts";
import { tellOfNewCalls } from "./notices/called.ts";
import { type EditedPost, forgetGonePosts, tellOfEdits, tellOfPosts } from "./notices/posts.ts";
import { forgetIndex, forgetPosts, indexPosts } from "./search/index-posts.ts";
import { indexedAfter, searchablePosts } from "./search/posts.ts";
import { touchHub } from "./store/hubs.ts";
import { emptyErased } from "./store/posts.ts";

/** Pages that were kept name people and say who speaks for the team: when that changes they are made anew. */
export const hubNames: Consumer = {
  name: "hub.names",
  kinds: ["member.erased", "member.marked", "member.renamed"],
  batch: 1000,
  react: async (tx, community) => touchHub(tx, community),
  reset: async () => undefined,
};

/** Posts that are read and taken in at once. */
const AT_ONCE = 500;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Takes in what these posts say now; what no longer stands leaves. */
async function takeIn(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  const posts = await searchablePosts(tx, community, messageIds);
  const standing = new Set(posts.map(({ messageId }) => messageId));
  await indexPosts(tx, community, posts);
  await forgetPosts(
    tx,
    community,
    messageIds.filter((id) => !standing.has(id)),
  );
}

async function takeAllIn(tx: Tx, community: CommunityId): Promise<void> {
  let ids = await indexedAfter(tx, community, { after: BEFORE_ALL, limit: AT_ONCE });
  for (let last = ids.at(-1); last !== undefined; last = ids.at(-1)) {
    await takeIn(tx, community, ids);
    ids = await indexedAfter(tx, community, { after: last, limit: AT_ONCE });
  }
}

/** The markup and titles of erased people go as their texts did, and so do pages that were kept with them. */
async function emptyWritten(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<void> {
  await emptyErased(tx, community, memberIds);
  await touchHub(tx, community);
  await takeAllIn(tx, community);
}

/**
 * Keeps the index of the hub as its posts are. Somebody's erasure also took their name out of what others wrote, so every
 * post is read anew.
 */
export const hubSearch: Consumer = {
  name: "hub.search",
  kinds: ["message.posted", "message.edited", "message.deleted", "message.restored", "member.erased"],
  batch: AT_ONCE,
  gathers: { kinds: ["message.posted", "message.edited"], ms: 500 },
  react: async (tx, community, facts) => {
    const written = [
      ...factsOf(facts, "message.posted"),
      ...factsOf(facts, "message.edited"),
      ...factsOf(facts, "message.deleted"),
      ...factsOf(facts, "message.restored"),
    ];
    await takeIn(tx, community, [...new Set(written.map(({ payload }) => payload.messageId))]);
    const erased = factsOf(facts, "member.erased").flatMap(({ payload }) => payload.memberIds);
    if (erased.length > 0) await emptyWritten(tx, community, erased);
  },
  reset: forgetIndex,
};

const messagesOf = (facts: readonly { readonly payload: { readonly messageId: string } }[]): string[] => [
  ...new Set(facts.map(({ payload }) => payload.messageId)),
];

/** Of each post that was changed the text before the first of these changes: what came between was told to nobody. */
function firstEdits(facts: readonly { readonly payload: EditedPost }[]): EditedPost[] {
  const first = new Map<string, number>();
  for (const { payload } of facts)
    first.set(payload.messageId, Math.min(payload.version, first.get(payload.messageId) ?? payload.version));
  return [...first].map(([messageId, version]) => ({ messageId, version }));
}

/**
 * Tells members of the hub what concerns them. It goes by what stands now, and by how far its reader has read, so facts that
 * are read again tell nobody anything twice; that is also why a rebuild takes nothing away.
 */
export const hubNotices: Consumer = {
  name: "hub.notices",
  kinds: [
    "message.accepted",
    "message.edited",
    "message.deleted",
    "reaction.added",
    "reaction.removed",
    "answer.accepted",
    "answer.withdrawn",
    "topic.announced",
  ],
  batch: AT_ONCE,
  // To plan what is asked of one post takes longer than what is asked of ten.
  gathers: { kinds: ["message.accepted", "reaction.added", "reaction.removed"], ms: 500 },
  react: async (tx, community, facts) => {
    await tellOfPosts(tx, community, messagesOf(factsOf(facts, "message.accepted")));
    const edited = firstEdits(factsOf(facts, "message.edited"));
    await tellOfEdits(tx, community, edited);
    await tellOfNewCalls(tx, community, edited);
    const marks = [...factsOf(facts, "reaction.added"), ...factsOf(facts, "reaction.removed")];
    await tellOfMarks(tx, community, messagesOf(marks));
    const accepted = factsOf(facts, "answer.accepted").map(({ payload: { messageId, askerId }, happenedAt }) => {
      return { messageId, askerId, at: happenedAt };
    });
    await tellOfAccepted(tx, community, accepted);
    await forgetWithdrawn(tx, community, messagesOf(factsOf(facts, "answer.withdrawn")));
    await tellOfAnnounced(tx, community, messagesOf(factsOf(facts, "topic.announced")));
    await forgetGonePosts(tx, community, messagesOf(factsOf(facts, "message.deleted")));
  },
  wakes: wakeDevices,
  reset: async () => undefined,
};

/**
 * Notes which links posts show, for the job that looks at them. What is known of other sites stays when the log is read anew.
 */
export const hubLinks: Consumer = {
  name: "hub.links",
  kinds: ["message.posted", "message.edited", "message.deleted", "message.restored", "member.erased"],
  batch: AT_ONCE,
  gathers: { kinds: ["message.posted", "message.edited"], ms: 1000 },
  react: async (tx, community, facts) => {
    const written = [
      ...messagesOf(factsOf(facts, "message.posted")),
      ...messagesOf(factsOf(facts, "message.edited")),
      ...messagesOf(factsOf(facts, "message.deleted")),
      ...messagesOf(factsOf(facts, "message.restored")),
    ];
    await noteLinks(tx, community, [...new Set(written)]);
    if (factsOf(facts, "member.erased").length > 0) await forgetEmptied(tx, community);
  },
  wakes: wakeLookUp,
  reset: async () => undefined,
};
