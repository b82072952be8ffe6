import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubDeed } from "../call.ts";
import { isArchive, ownAccount, seenBoard } from "../call.ts";
import { emptyPost, emptyTopic, type HeldPost, postOf, rewritePost, standingPosts } from "../store/posts.ts";
import { dropFilesOf, writeUses } from "../store/files.ts";
import { changeTopic, type HeldTopic, holdTopic } from "../store/topics.ts";
import { fileIdsIn } from "../uploads/addresses.ts";
import { groupsCalled } from "./calling.ts";
import { authorOf, hubIntake } from "./live.ts";
import { htmlOf, messageOf, typedText } from "./text.ts";
import type { PostPlace } from "./write.ts";

/** A topic and a post in it, as they stand. */
export interface Held {
  readonly topic: HeldTopic;
  readonly post: HeldPost;
}

/** The post, held until the transaction ends, when it is there for whoever calls. Refuses otherwise. */
export async function heldPost(tx: Tx, call: HubDeed, place: PostPlace): Promise<Held> {
  const topic = await holdTopic(tx, call.community, place.topic);
  if (topic === undefined) return refuse("not-found", "hub.no-such-topic");
  seenBoard(call, topic.boardId);
  if (topic.mergedInto !== null) return refuse("not-found", "hub.topic-merged");
  if (topic.isDeleted) return refuse("not-found", "hub.topic-deleted");
  const post = await postOf(tx, call.community, { ...place, hold: true });
  if (post === undefined || post.isDeleted) return refuse("not-found", "hub.no-such-post");
  return { topic, post };
}

/** Whose post it is, or refuses: one's own, of one of one's team's sides. */
export function refuseOthers(call: HubDeed, memberId: string): void {
  if (ownAccount(call).memberId !== memberId) refuse("forbidden", "hub.not-your-post");
}

/** Refuses what would change a topic that stands in an archive; reading, keeping and deleting go on. */
export function refuseArchived(call: HubDeed, topic: Pick<HeldTopic, "boardId">): void {
  if (isArchive(call, topic.boardId)) refuse("conflict", "hub.topic-archived");
}

/** A change of a post. `version` is the one that was read before: another one means that somebody was faster. */
export interface EditWish extends PostPlace {
  readonly text: string;
  /** Of the first post alone. */
  readonly title: string | undefined;
  readonly version: number;
}

function refuseConflict(held: Held, wish: EditWish): void {
  if (held.post.version !== wish.version) refuse("conflict", "hub.edit-conflict", { version: held.post.version });
}

/** Changes a post of one's own; the text before is kept and can be read. */
export async function edit(call: HubDeed, wish: EditWish): Promise<{ version: number }> {
  const { community, facts } = call;
  const account = ownAccount(call);
  call.limits.take("hub.write", account.accountId);
  const before = await call.run((tx) => heldPost(tx, call, wish));
  const { topic, post } = before;
  refuseOthers(call, post.memberId);
  refuseArchived(call, topic);
  if (topic.isClosed) refuse("conflict", "hub.topic-closed");
  refuseConflict(before, wish);
  const title = wish.title ?? topic.title;
  const isSame = typedText(post.text, post.number) === wish.text && title === topic.title;
  if (isSame) return { version: post.version };
  const { slug } = facts;
  const { memberId } = account;
  const groups = await groupsCalled(call, wish.text, wish);
  const html = await call.run((tx) =>
    htmlOf(tx, { community, slug, writer: { memberId, boardId: topic.boardId }, groups }, wish.text),
  );
  const author = authorOf(account, call.visitor.kind === "team");
  const at = call.now();
  const opens = post.number === 1 ? { title, kind: topic.kind } : undefined;
  const { spaceExternalId, externalId } = post;
  const place = { spaceExternalId, externalId, sentAt: post.sentAt.getTime() };
  const message = { ...messageOf({ ...place, author, source: wish.text, opens }), editedAt: at };
  const receipt = `edit ${post.messageId} ${post.version}`;
  const intake = await hubIntake(call);
  await intake.take([{ kind: "edited", receipt, spaces: [], message }], {
    before: async (tx) => refuseConflict(await heldPost(tx, call, wish), wish),
    after: async (tx) => {
      await rewritePost(tx, community, { topic: wish.topic, number: wish.number, html, at });
      const { number } = wish;
      await writeUses(tx, community, { topic: wish.topic, number, memberId, ids: fileIdsIn(wish.text, slug), at });
      await changeTopic(tx, community, { number: wish.topic, change: opens === undefined ? {} : { title } });
    },
  });
  return { version: post.version + 1 };
}

function mayDeleteAll({ visitor }: HubDeed): boolean {
  return visitor.kind === "team" && visitor.mayModerate;
}

/** What goes when a post is deleted: with the first one every post that stands in the topic. */
async function goingWith(tx: Tx, call: HubDeed, place: PostPlace): Promise<readonly HeldPost[]> {
  const { post } = await heldPost(tx, call, place);
  if (!mayDeleteAll(call)) refuseOthers(call, post.memberId);
  if (post.number !== 1) return [post];
  const posts = await standingPosts(tx, call.community, place.topic);
  const isOthers = posts.some(({ memberId }) => memberId !== post.memberId);
  return isOthers && !mayDeleteAll(call) ? refuse("conflict", "hub.topic-has-replies") : posts;
}

/**
 * Deletes a post: it is gone from everything that is counted and found, its number keeps its place. Deleting the first post
 * deletes the topic with every reply in it, which only works while nobody else has written there; the team's moderators may
 * delete anything and may say why. Refuses when somebody replied at the same moment.
 */
export async function remove(call: HubDeed, { reason = "", ...place }: PostPlace & { reason?: string }): Promise<void> {
  const { community } = call;
  const account = ownAccount(call);
  const going = await call.run((tx) => goingWith(tx, call, place));
  const at = call.now();
  const by = authorOf(account, call.visitor.kind === "team");
  const updates = going.map(({ messageId, version, spaceExternalId, externalId, sentAt }) => ({
    kind: "deleted" as const,
    receipt: `delete ${messageId} ${version}`,
    target: { spaceExternalId, externalId, sentAt: sentAt.getTime() },
    happenedAt: at,
    by,
  }));
  const intake = await hubIntake(call);
  await intake.take(updates, {
    before: async (tx) => {
      const now = await goingWith(tx, call, place);
      if (now.length !== going.length) refuse("conflict", "hub.topic-grew");
    },
    after: async (tx) => {
      const { topic, number } = place;
      await dropFilesOf(tx, community, [number === 1 ? { topic } : place]);
      const deletion = { at, by: account.memberId, reason };
      if (number === 1) return emptyTopic(tx, community, { topic, ...deletion });
      return emptyPost(tx, community, { topic, number, ...deletion });
    },
  });
}
