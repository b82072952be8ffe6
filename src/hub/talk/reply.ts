import { openGathering } from "#src/base/gathering.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Posted } from "#src/platforms/live/updates.ts";
import type { HubDeed } from "../call.ts";
import { ownAccount, seenBoard } from "../call.ts";
import type { Account } from "../model.ts";
import { markWritten } from "../store/marks.ts";
import { addPosts, type HeldPost, postsAmong } from "../store/posts.ts";
import { type HeldTopic, holdTopics, topicHeads } from "../store/topics.ts";
import { fileIdsIn } from "../uploads/addresses.ts";
import { groupsCalled } from "./calling.ts";
import { refuseArchived } from "./change.ts";
import { authorOf, hubIntake, spaceOf } from "./live.ts";
import { htmlOf, messageOf } from "./text.ts";
import { isTeam, noteFiles, type PostPlace, writtenBefore } from "./write.ts";

/** A reply about to be written. */
export interface ReplyWish {
  readonly topic: number;
  readonly text: string;
  /** The number of the post it answers; the topic's first unless told. */
  readonly to: number | undefined;
  readonly form: string;
}

interface Replying {
  readonly call: HubDeed;
  readonly account: Account;
  readonly wish: ReplyWish;
}

/** A reply with everything that is known before it is written. `at` in milliseconds since 1970 UTC. */
interface Draft extends Replying {
  readonly at: number;
  readonly html: string;
  readonly update: Posted;
}

/** What the drafts of replies are made from: the topics and the posts that they answer, as they stand. */
interface Before {
  readonly topics: ReadonlyMap<number, HeldTopic>;
  readonly posts: readonly HeldPost[];
}

function refuseClosed(topic: HeldTopic | undefined): HeldTopic {
  if (topic === undefined) return refuse("not-found", "hub.no-such-topic");
  if (topic.mergedInto !== null) return refuse("conflict", "hub.topic-merged");
  if (topic.isDeleted) return refuse("not-found", "hub.topic-deleted");
  if (topic.isClosed) return refuse("conflict", "hub.topic-closed");
  return topic;
}

async function draftOf({ call, account, wish }: Replying, { topics, posts }: Before): Promise<Draft> {
  const { community, facts, databases } = call;
  const { topic, form, text } = wish;
  const { boardId } = refuseClosed(topics.get(topic));
  const home = seenBoard(call, boardId);
  refuseArchived(call, { boardId });
  const space = spaceOf(home);
  const answered = posts.find((post) => post.topic === topic && post.number === (wish.to ?? 1));
  const isThere = answered?.isDeleted === false && answered.spaceExternalId === space.externalId;
  const at = call.now();
  const writer = { memberId: account.memberId, boardId: home.id };
  const groups = await groupsCalled(call, text);
  const html = await htmlOf(databases.planned, { community, slug: facts.slug, writer, groups }, text);
  const message = messageOf({
    spaceExternalId: space.externalId,
    externalId: form,
    sentAt: at,
    author: authorOf(account, isTeam(call)),
    source: text,
    replyTo: isThere ? { externalId: answered.externalId, sentAt: answered.sentAt.getTime() } : undefined,
  });
  return { call, account, wish, at, html, update: { kind: "posted", receipt: form, spaces: [space], message } };
}

/** Writes drafts of one community in one transaction, all of them or none, and says where each one stands. */
async function write(first: HubDeed, drafts: readonly Draft[]): Promise<PromiseSettledResult<PostPlace>[]> {
  const { community, facts } = first;
  const topics = drafts.map(({ wish }) => wish.topic);
  const made = new Map<Draft, PostPlace>();
  const intake = await hubIntake(first);
  const updates = drafts.map(({ update }) => update);
  const outcomes = await intake.take(updates, {
    before: async (tx) => {
      const held = await holdTopics(tx, community, topics);
      for (const topic of topics) refuseClosed(held.get(topic));
    },
    after: async (tx, posted) => {
      const taken = drafts.flatMap((draft, n) => {
        const { outcome, messageId, memberId } = posted[n] ?? {};
        if (outcome !== "taken" || messageId === undefined || memberId === undefined) return [];
        const { call, wish, html, at } = draft;
        return [{ draft, post: { topic: wish.topic, messageId, memberId, asTeam: isTeam(call), html, at } }];
      });
      const posts = taken.map(({ post }) => post);
      const numbers = await addPosts(tx, community, posts);
      for (const { draft, post } of taken) {
        const place = { topic: post.topic, number: numbers.get(post.messageId) ?? 0 };
        made.set(draft, place);
        const ids = fileIdsIn(draft.wish.text, facts.slug);
        await noteFiles(tx, community, { ...place, memberId: draft.account.memberId, ids, at: draft.at });
      }
      const marks = [...made].map(
        ([
          {
            account: { accountId },
          },
          { topic, number },
        ]) => ({ accountId, topic, to: number }),
      );
      await markWritten(tx, community, marks);
    },
  });
  return Promise.allSettled(
    drafts.map(async (draft, n) => made.get(draft) ?? writtenBefore(draft.call, outcomes[n]?.messageId)),
  );
}

/** Replies of one community, each of them written or refused by itself. */
async function writeReplies(replying: readonly Replying[]): Promise<PromiseSettledResult<PostPlace>[]> {
  const [first] = replying;
  if (first === undefined) return [];
  const { community, databases } = first.call;
  const answered = replying.map(({ wish }) => ({ topic: wish.topic, number: wish.to ?? 1 }));
  const numbers = answered.map(({ topic }) => topic);
  const [topics, posts] = await Promise.all([
    topicHeads(databases.planned, community, numbers),
    postsAmong(databases.planned, community, answered),
  ]);
  const drafts = await Promise.allSettled(replying.map((each) => draftOf(each, { topics, posts })));
  const good = drafts.flatMap((draft) => (draft.status === "fulfilled" ? [draft.value] : []));
  const written = good.length === 0 ? [] : await write(first.call, good);
  return drafts.flatMap((draft) => (draft.status === "rejected" ? draft : (written[good.indexOf(draft.value)] ?? [])));
}

/** More replies than this wait for the next transaction, so that none of them takes long. */
const MOST_AT_ONCE = 32;

/** By community. */
const together = openGathering(MOST_AT_ONCE, writeReplies);

/**
 * Puts a reply behind the last post of a topic. Refuses in a topic that is closed, deleted or not for this visitor. Replies of
 * a community that come at the same time are written in one transaction.
 */
export async function reply(call: HubDeed, wish: ReplyWish): Promise<PostPlace> {
  const account = ownAccount(call);
  call.limits.take("hub.write", account.accountId);
  return together(call.community, { call, account, wish });
}
