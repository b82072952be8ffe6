import type { CommunityCall } from "#src/accounts/call.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { groupsCalledBefore } from "../groups/store.ts";
import { groupsCalledIn } from "../markdown/mentions.ts";
import type { TopicKind } from "../model.ts";
import { boardsOf, holdBoards } from "../store/boards.ts";
import { touchHub } from "../store/hubs.ts";
import { addMove, followAlong, type MoveKind, movePosts, numbersOfWhole, recountTopic } from "../store/moves.ts";
import { type HeldPost, htmlOfPost, postOf, rewriteHtml, standingPosts } from "../store/posts.ts";
import { addTopic, changeTopic, type HeldTopic, holdTopic, nextTopic } from "../store/topics.ts";
import { hubIntake } from "./live.ts";
import { toldAnswer } from "./mark.ts";
import { htmlOf } from "./text.ts";
import { type Retold, retold } from "./retell.ts";
import type { PostPlace } from "./write.ts";

/** What was moved, and where it begins now. */
export interface Moved extends PostPlace {
  readonly moveId: string;
  readonly title: string;
}

/** A topic that stands, held until the transaction ends. Refuses any other. */
export async function heldTopic(tx: Tx, call: Pick<CommunityCall, "community">, number: number): Promise<HeldTopic> {
  const topic = await holdTopic(tx, call.community, number);
  if (topic === undefined) return refuse("not-found", "hub.no-such-topic");
  if (topic.mergedInto !== null) return refuse("conflict", "hub.topic-merged");
  return topic.isDeleted ? refuse("not-found", "hub.topic-deleted") : topic;
}

/** Both topics, held in the order of their numbers, so that two who arrange the same topics wait for each other. */
export async function heldPair(
  tx: Tx,
  call: Pick<CommunityCall, "community">,
  pair: { from: number; to: number },
): Promise<{ from: HeldTopic; to: HeldTopic }> {
  const { from, to } = pair;
  if (from === to) refuse("invalid", "hub.same-topic");
  const first = await heldTopic(tx, call, Math.min(from, to));
  const second = await heldTopic(tx, call, Math.max(from, to));
  return first.number === from ? { from: first, to: second } : { from: second, to: first };
}

/** Takes the accepted answer from a topic when it is among the posts that leave; says so in the log. */
export async function loseAnswer(
  tx: Tx,
  call: CommunityCall,
  { topic, leaving }: { topic: HeldTopic; leaving: ReadonlySet<number> },
): Promise<number | null> {
  if (topic.answer === null || !leaving.has(topic.answer)) return null;
  const place = { topic: topic.number, number: topic.answer };
  const facts = await toldAnswer(tx, call, { ...place, kind: "answer.withdrawn" });
  await changeTopic(tx, call.community, { number: topic.number, change: { answer: null } });
  if (facts.length > 0) await append(tx, call.community, facts);
  return topic.answer;
}

/** The posts of this topic with these numbers, or all that go over with the whole of it; refuses when one is not there. */
async function chosen(
  tx: Tx,
  call: CommunityCall,
  wish: { from: number; numbers: readonly number[] | undefined },
): Promise<readonly number[]> {
  if (wish.numbers === undefined) return numbersOfWhole(tx, call.community, wish.from);
  const posts = await standingPosts(tx, call.community, wish.from);
  const numbers = [...new Set(wish.numbers)].toSorted((a, b) => a - b);
  const there = new Set(posts.map(({ number }) => number));
  if (numbers.some((number) => !there.has(number))) refuse("not-found", "hub.no-such-post");
  if (numbers[0] === 1) refuse("conflict", "hub.first-post-stays");
  return numbers;
}

interface Carrying {
  readonly kind: MoveKind;
  readonly from: HeldTopic;
  readonly to: { readonly number: number; readonly title: string };
  readonly numbers: readonly number[];
}

/** Carries posts over in a transaction in which both topics are held. */
async function carry(tx: Tx, call: CommunityCall, { kind, from, to, numbers }: Carrying): Promise<Moved> {
  const { community } = call;
  const [at, pair] = [call.now(), { from: from.number, to: to.number }];
  const moveId = newId(at);
  const answer = await loseAnswer(tx, call, { topic: from, leaving: new Set(numbers) });
  const number = await movePosts(tx, community, { moveId, ...pair, numbers });
  await addMove(tx, community, { id: moveId, kind, ...pair, posts: numbers.length, answer, at });
  await followAlong(tx, community, pair);
  await recountTopic(tx, community, from.number);
  await recountTopic(tx, community, to.number);
  await touchHub(tx, community);
  return { moveId, topic: to.number, number, title: to.title };
}

/** The first post of a merged topic stands among others now, its title above its text. */
async function titleAsText(tx: Tx, call: CommunityCall, place: PostPlace): Promise<void> {
  const { community, facts } = call;
  const post = await postOf(tx, community, place);
  if (post === undefined || post.isDeleted) return;
  const writer = { memberId: post.memberId, boardId: undefined };
  const groups = await groupsCalledBefore(tx, community, groupsCalledIn(await htmlOfPost(tx, community, place)));
  const html = await htmlOf(tx, { community, slug: facts.slug, writer, groups }, post.text);
  await rewriteHtml(tx, community, { ...place, html });
}

/**
 * Puts every post of a topic behind the last one of another. The topic is gone from lists, its addresses lead to where its
 * posts stand, and whoever followed it follows the other. A message keeps the space in which it was written.
 */
export async function mergeTopics(call: CommunityCall, wish: { from: number; into: number }): Promise<Moved> {
  const { community } = call;
  return call.databases.asOwner(async (tx) => {
    await holdBoards(tx, community);
    const { from, to } = await heldPair(tx, call, { from: wish.from, to: wish.into });
    const numbers = await chosen(tx, call, { from: from.number, numbers: undefined });
    const moved = await carry(tx, call, { kind: "merge", from, to, numbers });
    await titleAsText(tx, call, moved);
    const change = { deletedAt: call.now(), mergedInto: to.number };
    await changeTopic(tx, community, { number: from.number, change });
    return moved;
  });
}

/** Puts some posts of a topic behind the last one of another. The first post stays: it is the topic. */
export async function moveSome(
  call: CommunityCall,
  wish: { from: number; numbers: readonly number[]; into: number },
): Promise<Moved> {
  return call.databases.asOwner(async (tx) => {
    await holdBoards(tx, call.community);
    const { from, to } = await heldPair(tx, call, { from: wish.from, to: wish.into });
    const numbers = await chosen(tx, call, { from: from.number, numbers: wish.numbers });
    return carry(tx, call, { kind: "move", from, to, numbers });
  });
}

/** Posts that become a topic of their own. Without a board it stands where they stood. */
export interface SplitWish {
  readonly from: number;
  readonly numbers: readonly number[];
  readonly title: string;
  readonly kind: TopicKind;
  readonly boardId: string | undefined;
}

async function boardFor(tx: Tx, call: CommunityCall, boardId: string): Promise<string> {
  const board = (await boardsOf(tx, call.community)).find(({ id }) => id === boardId);
  if (board === undefined) return refuse("not-found", "hub.no-such-board");
  return board.isArchived ? refuse("conflict", "hub.board-archived") : board.id;
}

async function becomeTopic(
  tx: Tx,
  call: CommunityCall,
  { wish, first }: { wish: SplitWish; first: HeldPost },
): Promise<Moved> {
  const { community } = call;
  const from = await heldTopic(tx, call, wish.from);
  const numbers = await chosen(tx, call, wish);
  const boardId = await boardFor(tx, call, wish.boardId ?? from.boardId);
  const number = await nextTopic(tx, community);
  const { title, kind } = wish;
  const { memberId, sentAt } = first;
  await addTopic(tx, community, { number, boardId, kind, title, tags: [], memberId, at: sentAt.getTime() });
  return carry(tx, call, { kind: "split", from, to: { number, title }, numbers });
}

/**
 * Makes a topic of some posts of another one. Its title becomes the first line of its first message, as of every topic, so
 * the log tells of an edit. Refuses when whoever wrote that message has no account any more, or changed it meanwhile.
 */
export async function splitTopic(call: CommunityCall, wish: SplitWish): Promise<Moved> {
  const number = Math.min(...wish.numbers);
  const place = { topic: wish.from, number };
  const first = await call.run((tx) => postOf(tx, call.community, place));
  if (first === undefined || first.isDeleted) return refuse("not-found", "hub.no-such-post");
  const edit: Retold | undefined = await call.run((tx) =>
    retold(tx, call, { post: first, opens: { title: wish.title, kind: wish.kind } }),
  );
  if (edit === undefined) return refuse("conflict", "hub.first-post-nobodys");
  let moved: Moved | undefined;
  const intake = await hubIntake(call);
  await intake.take([edit], {
    before: async (tx) => {
      await holdBoards(tx, call.community);
      await heldTopic(tx, call, wish.from);
      const now = await postOf(tx, call.community, { ...place, hold: true });
      if (now?.version !== first.version) refuse("conflict", "hub.topic-grew");
    },
    after: async (tx) => void (moved = await becomeTopic(tx, call, { wish, first })),
  });
  return moved ?? refuse("conflict", "hub.topic-grew");
}
