import { refuse } from "#src/base/refusal.ts";
import { type Page, pageOf, readCursor } from "#src/base/paging.ts";
import { z } from "zod";
import { type HubCall, listsVersion, livingBoards, ownAccount, seenBoard, seenBoards } from "./call.ts";
import {
  accountOf,
  maySee,
  maySeeActivity,
  maySeeDirectory,
  type OwnMarks,
  type Post,
  POSTS_A_PAGE,
  type TopicFilter,
  type TopicRow,
  TOPICS_A_PAGE,
} from "./model.ts";
import { excerptOf } from "./markdown/plain-text.ts";
import { type PublicProfile, profileOf } from "./store/accounts.ts";
import { activityOf, type ListedPerson, listedPeople } from "./store/people.ts";
import { bookmarksOf, marksOf, readingOf } from "./store/marks.ts";
import { numberedTopicsAt, postsAt, topicsAt } from "./store/kept-topics.ts";
import { earlierTexts, postOf, postsByNumber, postsOfMember } from "./store/posts.ts";
import { popularSince, topicNow, topicOf, type WholeTopic } from "./store/topics.ts";
import { type GoneOver, goneOverFrom, reasonsFor } from "./talk/around.ts";
import { beginningOf, titleTold, typedText } from "./talk/text.ts";

/**
 * How a message of the hub begins, as its readers see it: on one line of at most `longest` letters, without markup and what
 * is behind spoilers, with `picture` in the place of pictures. `number` is that of its post; the first tells its title before it.
 */
export function shownBeginning(stored: string, ask: { number: number; longest: number; picture: string }): string {
  const { number, longest, picture } = ask;
  const text = excerptOf(typedText(stored, number), longest, picture);
  const title = titleTold(stored, number);
  return title === undefined ? text : [title, text].filter((part) => part !== "").join(" · ");
}

/** What part of the topics is asked for. */
export interface TopicList {
  /** One board, which may be an archive; without it all that the visitor sees but archives. */
  readonly boardId?: string | undefined;
  /** Some boards; those that the visitor does not see are left out. */
  readonly boardIds?: readonly string[] | undefined;
  readonly filter?: TopicFilter | undefined;
  readonly tag?: string | undefined;
  readonly authorId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** Topics the visitor may see, the latest written in first. */
export async function listTopics(call: HubCall, ask: TopicList): Promise<Page<TopicRow>> {
  const seen = ask.boardId === undefined ? livingBoards(call) : [seenBoard(call, ask.boardId)];
  const boards = seen.filter(({ id }) => ask.boardIds?.includes(id) !== false);
  const filter = ask.filter ?? "all";
  const accountId = accountOf(call.visitor)?.accountId;
  if (filter === "following" && accountId === undefined) return { items: [], next: null };
  if (ask.authorId !== undefined && !(await isShownTo(call, ask.authorId))) return { items: [], next: null };
  const limit = ask.limit ?? TOPICS_A_PAGE;
  const after = readCursor(ask.after, z.tuple([z.number(), z.int()]));
  const narrowed = { boardIds: boards.map(({ id }) => id), filter, tag: ask.tag, authorId: ask.authorId, accountId };
  const asked = { ...narrowed, after, limit: limit + 1 };
  const rows = await topicsAt(call.databases.planned, call.community, { asked, version: listsVersion(call) });
  return pageOf(rows, limit, (topic) => [Date.parse(topic.lastAt), topic.number]);
}

/** Whether whoever calls may see gathered what a member wrote. */
export async function isShownTo(call: HubCall, memberId: string): Promise<boolean> {
  const activity = await call.run((tx) => activityOf(tx, call.community, memberId));
  return activity === undefined || maySeeActivity(call.visitor, { memberId, activity });
}

/** How far whoever calls has read these topics. */
export async function readingOfTopics(call: HubCall, topics: readonly TopicRow[]): Promise<Map<number, number>> {
  const account = accountOf(call.visitor);
  if (account === undefined || topics.length === 0) return new Map();
  const numbers = topics.map(({ number }) => number);
  const asked = { community: call.community, accountId: account.accountId, topics: numbers };
  return readingOf(call.databases.planned, asked);
}

/** A page of a topic. */
export interface TopicPage {
  readonly topic: WholeTopic;
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly posts: readonly Post[];
  readonly goneOver: readonly GoneOver[];
  /** Why the team deleted posts, by their numbers: of whoever reads, for moderators of everybody. Empty where it did not say. */
  readonly reasons: ReadonlyMap<number, string>;
  /** The accepted answer, shown below the question on the first page. */
  readonly answer: Post | undefined;
  /** What belongs to whoever reads; undefined for those without an account. */
  readonly own: OwnMarks | undefined;
}

/** The topic, when it is there for whoever calls. Refuses a deleted one with a code of its own: it is gone, not missing. */
function seenOnly(call: HubCall, topic: WholeTopic | undefined): WholeTopic {
  const board = call.boards.find(({ id }) => id === topic?.boardId);
  const isThere = board !== undefined && maySee(board, call.visitor);
  if (topic === undefined || !isThere) return refuse("not-found", "hub.no-such-topic");
  if (topic.mergedInto !== null) return refuse("not-found", "hub.topic-merged");
  return topic.isDeleted ? refuse("not-found", "hub.topic-deleted") : topic;
}

/** A topic's head alone, when it is there for the visitor. */
export async function seenTopic(call: HubCall, number: number): Promise<WholeTopic> {
  return seenOnly(call, await topicNow(call.databases.planned, { community: call.community, number }));
}

/** A page of a topic with its posts and the reader's own marks. The topic itself and the marks are never kept. */
export async function readTopic(call: HubCall, ask: { number: number; page: number }): Promise<TopicPage> {
  const { community } = call;
  const account = accountOf(call.visitor);
  const db = call.databases.planned;
  const [topic, own] = await Promise.all([
    seenTopic(call, ask.number),
    account === undefined ? undefined : marksOf(db, { community, account, topic: ask.number }),
  ]);
  const pages = Math.max(1, Math.ceil(topic.lastPost / POSTS_A_PAGE));
  const page = Math.min(ask.page, pages);
  const { posts, far } = await postsAt(db, community, { topic, page, hubVersion: call.hub.version });
  const goneOver = await goneOverFrom(db, call, { topic, page, shown: posts.length });
  const reasons = await reasonsFor(db, call, { topic: topic.number, posts });
  const answer = page === 1 ? (posts.find(({ number }) => number === topic.answer) ?? far) : undefined;
  return { topic, page, pages, posts, goneOver, reasons, answer, own };
}

const WEEK_MS = 7 * 86_400_000;
/** What is popular is found anew after so long; what is shown of it is always as it stands. */
const POPULAR_MS = 60_000;
const MOST_KEPT = 1000;
const popular = new Map<string, { readonly until: number; readonly numbers: readonly number[] }>();

/** The most talked about topics of the last seven days among those the visitor sees; see `popularSince` for the formula. */
export async function popularTopics(call: HubCall, limit: number): Promise<TopicRow[]> {
  const { community } = call;
  const now = call.now();
  const known = popular.get(community);
  const isFresh = known !== undefined && known.until > now;
  const numbers = isFresh
    ? known.numbers
    : await call.run((tx) => popularSince(tx, community, { from: now - WEEK_MS, limit: limit * 5 }));
  if (!isFresh) {
    popular.delete(community);
    popular.set(community, { until: now + POPULAR_MS, numbers });
    if (popular.size > MOST_KEPT) popular.delete(popular.keys().next().value ?? "");
  }
  const boardIds = livingBoards(call).map(({ id }) => id);
  const asked = { numbers, boardIds };
  const rows = await numberedTopicsAt(call.databases.planned, community, { asked, version: listsVersion(call) });
  return rows.slice(0, limit);
}

/** Posts on a page of the view in which a moderator arranges a topic. */
export const POSTS_TO_ARRANGE = 100;

/** A page of a topic's replies that stand, for arranging them; pages are counted from 1. */
export async function postsToArrange(
  call: HubCall,
  ask: { number: number; page: number },
): Promise<{ topic: WholeTopic; posts: Post[] }> {
  const first = (ask.page - 1) * POSTS_TO_ARRANGE + 1;
  const numbers = Array.from({ length: POSTS_TO_ARRANGE }, (_, i) => first + i).filter((number) => number > 1);
  return call.run(async (tx) => {
    const topic = seenOnly(call, await topicOf(tx, call.community, ask.number));
    const posts = await postsByNumber(tx, call.community, { topic: topic.number, numbers });
    return { topic, posts: posts.filter(({ isDeleted }) => !isDeleted) };
  });
}

/** What somebody typed as a post, for changing or quoting it. */
export interface PostSource {
  readonly topic: WholeTopic;
  readonly number: number;
  readonly text: string;
  readonly version: number;
  readonly memberId: string;
}

/** The text of a post as it was typed, when the visitor may see it. */
export async function readSource(call: HubCall, place: { topic: number; number: number }): Promise<PostSource> {
  const topic = await seenTopic(call, place.topic);
  const post = await call.run((tx) => postOf(tx, call.community, place));
  if (post === undefined || post.isDeleted) return refuse("not-found", "hub.no-such-post");
  const { number, version, memberId } = post;
  return { topic, number, version, memberId, text: typedText(post.text, number) };
}

/** What a post said before it was changed, the latest first. */
export async function readHistory(
  call: HubCall,
  place: { topic: number; number: number },
): Promise<{ topic: WholeTopic; versions: { version: number; text: string; writtenAt: Date }[] }> {
  const topic = await seenTopic(call, place.topic);
  const versions = await call.run(async (tx) => {
    const post = await postOf(tx, call.community, place);
    if (post === undefined || post.isDeleted) return refuse("not-found", "hub.no-such-post");
    return earlierTexts(tx, call.community, post.messageId);
  });
  return { topic, versions };
}

/** A line that leads to a post. */
export interface PostLine {
  readonly topic: number;
  readonly title: string;
  readonly number: number;
  /** How it begins, on one line, without markup; empty when nothing of it is left. */
  readonly beginning: string;
  readonly at: Date;
}

function lineOf({ text, ...row }: { topic: number; title: string; number: number; text: string }, at: Date): PostLine {
  const { topic, title, number } = row;
  return { topic, title, number, beginning: beginningOf(text, number), at };
}

/** What others see of a member, with what they wrote lately: nothing of it once they left. */
export async function readProfile(
  call: HubCall,
  ask: { memberId: string; before: number | undefined },
): Promise<{ profile: PublicProfile; isShown: boolean; posts: PostLine[]; next: number | undefined }> {
  const boardIds = seenBoards(call).map(({ id }) => id);
  return call.run(async (tx) => {
    const profile = await profileOf(tx, call.community, ask.memberId);
    if (profile === undefined) return refuse("not-found", "hub.no-such-member");
    if (profile.hasLeft || !maySeeActivity(call.visitor, profile))
      return { profile, isShown: false, posts: [], next: undefined };
    const rows = await postsOfMember(tx, call.community, { ...ask, boardIds, limit: TOPICS_A_PAGE + 1 });
    const posts = rows.slice(0, TOPICS_A_PAGE).map(({ sentAt, ...row }) => lineOf(row, sentAt));
    const next = rows.length > TOPICS_A_PAGE ? posts.at(-1)?.at.getTime() : undefined;
    return { profile, isShown: true, posts, next };
  });
}

/** People of the hub by the beginning of their name, for those who may look; only who wishes to be listed is. */
export async function listPeople(
  call: HubCall,
  ask: { typed: string; after: string | undefined; limit: number },
): Promise<Page<ListedPerson>> {
  if (!maySeeDirectory(call.visitor, call.hub.directory)) {
    const isDoor = call.hub.directory === "members" && call.visitor.kind === "guest";
    return isDoor ? refuse("unauthenticated", "hub.sign-in-first") : refuse("not-found", "hub.no-directory");
  }
  const after = readCursor(ask.after, z.tuple([z.string().max(200)]))?.[0];
  const { typed, limit } = ask;
  const rows = await call.run((tx) => listedPeople(tx, call.community, { typed, after, limit: limit + 1 }));
  return pageOf(rows, limit, ({ key }) => [key]);
}

/** The bookmarks of whoever calls, the newest first. */
export async function readBookmarks(call: HubCall): Promise<PostLine[]> {
  const { accountId } = ownAccount(call);
  const boardIds = seenBoards(call).map(({ id }) => id);
  const rows = await call.run((tx) => bookmarksOf(tx, call.community, { accountId, boardIds }));
  return rows.map(({ madeAt, ...row }) => lineOf(row, madeAt));
}
