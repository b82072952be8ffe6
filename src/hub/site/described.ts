import { type Author, type Post, postPath } from "../model.ts";
import type { TopicPage } from "../queries.ts";
import { type Html, trusted, wordsIn } from "./html.ts";
import { calledName } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

/** Letters of a post that search engines are told; they read the page itself as well. */
const LONGEST = 2000;

function textOf(html: string): string {
  return wordsIn(html).slice(0, LONGEST).toWellFormed();
}

function person({ call, home }: HubVisit, author: Author): object {
  const name = calledName(author.name);
  if (author.name === "") return { "@type": "Person", name };
  return { "@type": "Person", name, url: `${call.publicUrl}${home}/people/${author.memberId}` };
}

function agreed({ reactions }: Post): number {
  return reactions.find(({ mark }) => mark === "👍")?.count ?? 0;
}

function told(visit: HubVisit, { topic }: TopicPage, post: Post): object {
  return {
    text: textOf(post.html),
    datePublished: post.sentAt,
    ...(post.editedAt === null ? {} : { dateModified: post.editedAt }),
    author: person(visit, post.author),
    url: `${visit.call.publicUrl}${postPath(visit.slug, topic, post.number)}`,
  };
}

function question(visit: HubVisit, page: TopicPage, first: Post): object {
  const { topic, posts, answer } = page;
  const said = (post: Post): object => ({ "@type": "Answer", upvoteCount: agreed(post), ...told(visit, page, post) });
  const others = posts.filter((post) => post.number > 1 && !post.isDeleted && post.number !== answer?.number);
  return {
    "@context": "https://schema.org",
    "@type": "QAPage",
    mainEntity: {
      "@type": "Question",
      name: topic.title,
      answerCount: topic.posts - 1,
      upvoteCount: agreed(first),
      ...told(visit, page, first),
      ...(answer === undefined || answer.isDeleted ? {} : { acceptedAnswer: said(answer) }),
      suggestedAnswer: others.map(said),
    },
  };
}

function discussion(visit: HubVisit, page: TopicPage, first: Post): object {
  const { topic, posts } = page;
  const replies = posts.filter((post) => post.number > 1 && !post.isDeleted);
  return {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    headline: topic.title,
    ...told(visit, page, first),
    interactionStatistic: [
      {
        "@type": "InteractionCounter",
        interactionType: "https://schema.org/CommentAction",
        userInteractionCount: topic.posts - 1,
      },
      {
        "@type": "InteractionCounter",
        interactionType: "https://schema.org/LikeAction",
        userInteractionCount: agreed(first),
      },
    ],
    comment: replies.map((post) => ({ "@type": "Comment", ...told(visit, page, post) })),
  };
}

/**
 * What the first page of a topic says to search engines in the words of schema.org: a question with its accepted and other
 * answers, or a discussion with its replies. Nothing without a first post.
 */
export function describedTopic(visit: HubVisit, page: TopicPage): Html | undefined {
  const first = page.posts.find(({ number }) => number === 1);
  if (page.page > 1 || first === undefined || first.isDeleted) return undefined;
  const facts = page.topic.kind === "question" ? question(visit, page, first) : discussion(visit, page, first);
  // Inside a script element the only danger is what could end it.
  const json = JSON.stringify(facts).replaceAll("<", "\\u003c");
  return trusted(`<script type="application/ld+json">${json}</script>`);
}

/** A sentence or two for whoever sees the topic as a link. */
export function topicInShort(page: TopicPage): string | undefined {
  const first = page.posts.find(({ number }) => number === 1);
  if (first === undefined || first.isDeleted) return undefined;
  const words = textOf(first.html);
  return words.length <= 160 ? words : `${words.slice(0, 159).toWellFormed()}…`;
}
