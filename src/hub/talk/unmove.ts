import type { CommunityCall } from "#src/accounts/call.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { holdBoards } from "../store/boards.ts";
import { touchHub } from "../store/hubs.ts";
import { endMove, holdMove, type Move, movedPosts, movePostsBack, recountTopic } from "../store/moves.ts";
import { groupsCalledBefore } from "../groups/store.ts";
import { groupsCalledIn } from "../markdown/mentions.ts";
import { htmlOfPost, postOf, rewriteHtml, standingPosts } from "../store/posts.ts";
import { changeTopic, type HeldTopic, holdTopic } from "../store/topics.ts";
import { hubIntake } from "./live.ts";
import { toldAnswer } from "./mark.ts";
import { heldTopic, loseAnswer } from "./move.ts";
import { type Retold, retold } from "./retell.ts";
import { htmlOf, storedText, typedText } from "./text.ts";

/** A move with both its topics, held until the transaction ends, when it can be undone. */
interface Undoing {
  readonly move: Move;
  readonly from: HeldTopic;
  readonly to: HeldTopic;
  /** The numbers of its posts in the topic they were moved to. */
  readonly places: readonly number[];
}

async function heldFrom(tx: Tx, call: CommunityCall, { kind, from, to }: Move): Promise<HeldTopic> {
  if (kind !== "merge") return heldTopic(tx, call, from);
  const topic = await holdTopic(tx, call.community, from);
  return topic?.mergedInto === to ? topic : refuse("conflict", "hub.moved-on");
}

/** Refuses once something was built upon the move: a post of it went on, or somebody wrote in the topic it made. */
async function heldUndoing(tx: Tx, call: CommunityCall, id: string): Promise<Undoing> {
  const { community } = call;
  await holdBoards(tx, community);
  const move = await holdMove(tx, community, id);
  if (move === undefined) return refuse("not-found", "hub.no-such-move");
  const from = await heldFrom(tx, call, move);
  const to = await heldTopic(tx, call, move.to);
  const posts = await movedPosts(tx, community, id);
  const isWhole = posts.length === move.posts && posts.every(({ topic }) => topic === move.to);
  if (!isWhole) refuse("conflict", "hub.moved-on");
  const places = posts.map(({ at }) => at);
  const others = await standingPosts(tx, community, move.to);
  const hasGrown = others.some(({ number }) => !places.includes(number));
  if (move.kind === "split" && hasGrown) refuse("conflict", "hub.split-grew");
  return { move, from, to, places };
}

/**
 * How the first of the moved posts has to read when it is back. A merged topic's first message still begins with its title,
 * unless its author has written it anew; that of a topic that a split made loses the title again.
 */
async function retelling(tx: Tx, call: CommunityCall, { move, from, places }: Undoing): Promise<Retold | undefined> {
  const number = places[0] ?? 0;
  const post = await postOf(tx, call.community, { topic: move.to, number });
  if (post === undefined || post.isDeleted || move.kind === "move") return undefined;
  if (move.kind === "split") return retold(tx, call, { post, opens: undefined });
  const begins = storedText("", from.title);
  const opens = { title: from.title, kind: from.kind };
  return post.text.startsWith(begins) ? undefined : retold(tx, call, { post, opens });
}

/** The first post of a topic that stands again looks as it did, without its title. */
async function firstAsBefore(tx: Tx, call: CommunityCall, topic: number): Promise<void> {
  const { community, facts } = call;
  const place = { topic, number: 1 };
  const post = await postOf(tx, community, place);
  if (post === undefined || post.isDeleted) return;
  const writer = { memberId: post.memberId, boardId: undefined };
  const groups = await groupsCalledBefore(tx, community, groupsCalledIn(await htmlOfPost(tx, community, place)));
  const html = await htmlOf(tx, { community, slug: facts.slug, writer, groups }, typedText(post.text, 1));
  await rewriteHtml(tx, community, { ...place, html });
}

async function answerAgain(tx: Tx, call: CommunityCall, { move, from }: Undoing): Promise<void> {
  if (move.answer === null || from.answer !== null) return;
  await changeTopic(tx, call.community, { number: move.from, change: { answer: move.answer } });
  const place = { topic: move.from, number: move.answer };
  const facts = await toldAnswer(tx, call, { ...place, kind: "answer.accepted" });
  if (facts.length > 0) await append(tx, call.community, facts);
}

async function carryBack(tx: Tx, call: CommunityCall, undoing: Undoing): Promise<void> {
  const { community } = call;
  const { move, to, places } = undoing;
  const at = call.now();
  await loseAnswer(tx, call, { topic: to, leaving: new Set(places) });
  await movePostsBack(tx, community, move.id);
  if (move.kind === "merge") {
    await changeTopic(tx, community, { number: move.from, change: { deletedAt: null, mergedInto: null } });
    await firstAsBefore(tx, call, move.from);
  }
  if (move.kind === "split") {
    await changeTopic(tx, community, { number: move.to, change: { deletedAt: at, mergedInto: move.from } });
  }
  await recountTopic(tx, community, move.from);
  await recountTopic(tx, community, move.to);
  await answerAgain(tx, call, undoing);
  await endMove(tx, community, { id: move.id, at });
  await touchHub(tx, community);
}

/**
 * Undoes a move: its posts stand where they stood, under their old numbers, and a topic that was merged is there again.
 * Works as long as nothing was built upon it. Returns the topic that has its posts back.
 */
export async function undoMove(call: CommunityCall, id: string): Promise<{ topic: number; title: string }> {
  let undone: HeldTopic | undefined;
  const edit = await call.databases.asOwner(async (tx) => retelling(tx, call, await heldUndoing(tx, call, id)));
  const intake = await hubIntake(call);
  let undoing: Undoing | undefined;
  await intake.take(edit === undefined ? [] : [edit], {
    before: async (tx) => void (undoing = await heldUndoing(tx, call, id)),
    after: async (tx) => {
      if (undoing !== undefined) await carryBack(tx, call, undoing);
      undone = undoing?.from;
    },
  });
  return undone === undefined ? refuse("not-found", "hub.no-such-move") : { topic: undone.number, title: undone.title };
}
