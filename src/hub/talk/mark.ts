import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import type { NewFact } from "#src/events.ts";
import { append } from "#src/log/append.ts";
import type { HubCall } from "../call.ts";
import { ownAccount, seenBoard } from "../call.ts";
import type { OwnMarks } from "../model.ts";
import { markFollowing, setBookmark } from "../store/marks.ts";
import { readTopicTo } from "../notices/read-topic.ts";
import { postOf } from "../store/posts.ts";
import { setHidesLinks } from "../store/shown-links.ts";
import { addReport } from "../store/reports.ts";
import { changeTopic, holdTopic } from "../store/topics.ts";
import { heldPost, refuseArchived, refuseOthers } from "./change.ts";
import { authorOf, hubIntake } from "./live.ts";
import type { PostPlace } from "./write.ts";

/** Puts a mark under a post, or takes it back. Done twice it is done once. */
export async function react(call: HubCall, wish: PostPlace & { mark: string; isOn: boolean }): Promise<void> {
  const account = ownAccount(call);
  call.limits.take("hub.mark", account.accountId);
  const { post, topic } = await call.run((tx) => heldPost(tx, call, wish));
  refuseArchived(call, topic);
  const { spaceExternalId, externalId, sentAt } = post;
  const at = call.now();
  const intake = await hubIntake(call);
  const update = {
    kind: wish.isOn ? ("reaction-added" as const) : ("reaction-removed" as const),
    receipt: `mark ${newId(at)}`,
    target: { spaceExternalId, externalId, sentAt: sentAt.getTime() },
    member: authorOf(account, call.visitor.kind === "team"),
    emoji: wish.mark,
    happenedAt: at,
  };
  await intake.take([update], {
    after: (tx) => changeTopic(tx, call.community, { number: wish.topic, change: {} }),
  });
}

/** Takes the previews of links away from a post of one's own, or brings them back; moderators of the team do so anywhere. */
export async function hideLinks(call: HubCall, wish: PostPlace & { isOn: boolean }): Promise<void> {
  const { community, visitor } = call;
  const account = ownAccount(call);
  call.limits.take("hub.mark", account.accountId);
  await call.databases.asOwner(async (tx) => {
    const { post } = await heldPost(tx, call, wish);
    if (!(visitor.kind === "team" && visitor.mayModerate)) refuseOthers(call, post.memberId);
    const { topic, number } = wish;
    await setHidesLinks(tx, community, { topic, number, hides: wish.isOn });
    await changeTopic(tx, community, { number: topic, change: {} });
  });
}

type Answered = Extract<NewFact, { kind: "answer.accepted" | "answer.withdrawn" }>;

/** Tells that a post became the answer of its topic, or is it no longer; nothing when one of the two is gone. */
export async function toldAnswer(
  tx: Tx,
  call: Pick<HubCall, "community" | "now">,
  { topic, number, kind }: PostPlace & Pick<Answered, "kind">,
): Promise<Answered[]> {
  const [question, answer] = [
    await postOf(tx, call.community, { topic, number: 1 }),
    await postOf(tx, call.community, { topic, number }),
  ];
  const spaceId = answer?.spaceId ?? undefined;
  if (question === undefined || answer === undefined || spaceId === undefined) return [];
  const { messageId, memberId } = answer;
  const payload = { messageId, memberId, spaceId, questionId: question.messageId, askerId: question.memberId };
  return [{ kind, happenedAt: call.now(), payload }];
}

/** Accepts a reply as the answer to a question, or takes that back: whoever asked, and moderators of the team. */
export async function acceptAnswer(call: HubCall, wish: { topic: number; number: number | null }): Promise<void> {
  const { community, visitor } = call;
  const account = ownAccount(call);
  const { topic: number } = wish;
  await call.databases.asOwner(async (tx) => {
    const topic = await holdTopic(tx, community, number);
    if (topic === undefined) return refuse("not-found", "hub.no-such-topic");
    seenBoard(call, topic.boardId);
    refuseArchived(call, topic);
    if (topic.kind !== "question") refuse("conflict", "hub.no-question");
    const mayModerate = visitor.kind === "team" && visitor.mayModerate;
    if (topic.memberId !== account.memberId && !mayModerate) refuse("forbidden", "hub.not-your-question");
    if (wish.number === 1) refuse("invalid", "hub.no-answer-to-itself");
    if (wish.number === topic.answer) return;
    if (wish.number !== null) await heldPost(tx, call, { topic: number, number: wish.number });
    await changeTopic(tx, community, { number, change: { answer: wish.number } });
    const facts = [
      ...(topic.answer === null
        ? []
        : await toldAnswer(tx, call, { topic: number, number: topic.answer, kind: "answer.withdrawn" })),
      ...(wish.number === null
        ? []
        : await toldAnswer(tx, call, { topic: number, number: wish.number, kind: "answer.accepted" })),
    ];
    if (facts.length > 0) await append(tx, community, facts);
  });
}

/** Notes whether somebody wants to hear of a topic. */
export async function follow(call: HubCall, wish: { topic: number; following: OwnMarks["following"] }): Promise<void> {
  const { accountId } = ownAccount(call);
  await call.run(async (tx) => {
    const topic = await holdTopic(tx, call.community, wish.topic);
    if (topic === undefined || topic.isDeleted) return refuse("not-found", "hub.no-such-topic");
    seenBoard(call, topic.boardId);
    await markFollowing(tx, call.community, { accountId, ...wish });
  });
}

/** Sets or takes away somebody's bookmark on a post. */
export async function bookmark(call: HubCall, wish: PostPlace & { isOn: boolean }): Promise<void> {
  const { accountId } = ownAccount(call);
  const { topic, number } = wish;
  await call.run(async (tx) => {
    await heldPost(tx, call, wish);
    await setBookmark(tx, call.community, { accountId, topic, number, at: wish.isOn ? call.now() : undefined });
  });
}

/** Asks the team to look at a post. */
export async function report(call: HubCall, wish: PostPlace & { reason: string }): Promise<void> {
  const { accountId } = ownAccount(call);
  call.limits.take("hub.report", accountId);
  const { topic, number, reason } = wish;
  const at = call.now();
  await call.run(async (tx) => {
    await heldPost(tx, call, wish);
    await addReport(tx, call.community, { id: newId(at), topic, number, accountId, reason, at });
  });
}

/** Notes how far somebody has read; what told them of it is read as well. Returns how many notices that were. */
export async function read(call: HubCall, wish: { topic: number; to: number }): Promise<number> {
  const { accountId } = ownAccount(call);
  const { community, databases } = call;
  return readTopicTo(databases.planned, { community, accountId, ...wish, at: call.now() });
}
