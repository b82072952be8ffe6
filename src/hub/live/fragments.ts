import { inLocale } from "#src/base/locale.ts";
import { seenHtml, seenLinks } from "../call.ts";
import { groupsCalledIn } from "../markdown/mentions.ts";
import { accountOf, type OwnMarks, type Post } from "../model.ts";
import { marksBefore } from "../site/marks-before.ts";
import { postPart } from "../site/post.ts";
import { answerPart } from "../site/topic-parts.ts";
import { standing } from "../site/topic-rows.ts";
import type { WholeTopic } from "../store/topics.ts";
import { messageOf, type Message } from "./lines.ts";
import type { Seat } from "./seats.ts";

/** What has changed on a page of a topic since its readers were told last. */
export interface TopicNews {
  readonly topic: WholeTopic;
  /** Posts that are new or look otherwise now. */
  readonly posts: readonly Post[];
  /** The accepted answer as it stands below the question, when that has changed; null when none stands there any more. */
  readonly answer: Post | null | undefined;
}

/** Marks of readers on the posts that have changed, by account; whoever has none is missing. */
export type MarksByAccount = ReadonlyMap<string, OwnMarks>;

const noMarks: OwnMarks = { readTo: 0, following: "none", bookmarks: [], reactions: new Set(), hasNotices: false };

function ownOf({ visit }: Seat, marks: MarksByAccount): OwnMarks | undefined {
  const account = accountOf(visit.call.visitor);
  if (account === undefined) return marksBefore(visit);
  return marks.get(account.accountId) ?? noMarks;
}

/** In one word whatever of a reader changes how these posts look: readers with the same word are shown the same. */
function eyesOf(seat: Seat, { topic, posts, answer }: TopicNews, own: OwnMarks | undefined): string {
  const { visitor, locale } = seat.visit.call;
  const memberId = accountOf(visitor)?.memberId;
  const mine = posts.filter(({ author }) => author.memberId === memberId).map(({ number }) => number);
  const moderates = visitor.kind === "team" && visitor.mayModerate;
  const marks = own === undefined ? null : [[...own.bookmarks], [...own.reactions].toSorted()];
  const links = posts.flatMap((post) => seenLinks(seat.visit.call, post).flatMap(({ topic: to }) => to ?? []));
  const calling = answer === undefined || answer === null ? posts : [...posts, answer];
  const groups = calling.map((post) => groupsCalledIn(seenHtml(seat.visit.call, post)));
  return JSON.stringify([
    locale,
    visitor.kind,
    moderates,
    mine,
    topic.author.memberId === memberId,
    marks,
    links,
    groups,
  ]);
}

function newsFor({ visit }: Seat, { topic, posts, answer }: TopicNews, own: OwnMarks | undefined): Message {
  const shown = posts.map((post) => ({
    number: post.number,
    html: postPart(visit, { topic, post, own }).markup,
  }));
  return messageOf("topic", {
    version: topic.version,
    last: topic.lastPost,
    title: topic.title,
    standing: standing(topic).markup,
    isClosed: topic.isClosed,
    posts: shown,
    ...(answer === undefined ? {} : { answer: answerPart(visit, { topic, answer: answer ?? undefined, own }).markup }),
  });
}

/** Sends each reader what is new as their own page would show it; it is rendered once for all who see the same. */
export function tellNews(seats: readonly Seat[], news: TopicNews, marks: MarksByAccount): void {
  const made = new Map<string, Message>();
  for (const seat of seats) {
    const own = ownOf(seat, marks);
    const eyes = eyesOf(seat, news, own);
    const message = made.get(eyes) ?? inLocale(seat.visit.call.locale, () => newsFor(seat, news, own));
    made.set(eyes, message);
    seat.line.send(message);
  }
}
