import { m } from "#words";
import { isArchive, seenHtml } from "../call.ts";
import { accountOf, type OwnMarks, type Post, postPath, reactionMarks } from "../model.ts";
import type { WholeTopic } from "../store/topics.ts";
import { facePart } from "./face.ts";
import { clockOf } from "./frame.ts";
import { markup, type Html, trusted } from "./html.ts";
import { linkCards } from "./link-cards.ts";
import { moment } from "./moment.ts";
import { nameOf } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

/** A post with what its page knows. */
export interface ShownPost {
  readonly topic: WholeTopic;
  readonly post: Post;
  /** Of whoever reads; undefined without an account. */
  readonly own: OwnMarks | undefined;
  /** Shown once more below the question: without an address of its own. */
  readonly isCopy?: boolean;
  /** Why the team deleted it, for its author and for moderators; empty where it did not say. */
  readonly reason?: string | undefined;
}

/** Read only: the topic is closed, or stands in an archive. */
function isFrozen({ call }: HubVisit, { topic }: ShownPost): boolean {
  return topic.isClosed || isArchive(call, topic.boardId);
}

function addressOf({ home }: HubVisit, { topic, post }: ShownPost): string {
  return `${home}/t/${topic.number}/p/${post.number}`;
}

const markNames: Readonly<Record<string, () => string>> = {
  "👍": m.hub_mark_agree,
  "❤️": m.hub_mark_love,
  "😂": m.hub_mark_fun,
  "🎉": m.hub_mark_joy,
  "🙏": m.hub_mark_thanks,
};

function markName(mark: string, count: number): string {
  return `${markNames[mark]?.() ?? mark}: ${count}`;
}

function reactionsOf(visit: HubVisit, shown: ShownPost): Html {
  const { post, own } = shown;
  const counts = new Map(post.reactions.map(({ mark, count }) => [mark, count]));
  if (own === undefined || isFrozen(visit, shown)) {
    return markup`${post.reactions.map(({ mark, count }) => markup`<span class="mark" role="img" aria-label="${markName(mark, count)}">${mark} ${count}</span>`)}`;
  }
  const buttons = reactionMarks.map((mark) => {
    const count = counts.get(mark) ?? 0;
    const isMine = own.reactions.has(`${post.number} ${mark}`);
    return markup`<button name="mark" value="${isMine ? "-" : "+"}${mark}" aria-pressed="${String(isMine)}" aria-label="${markName(mark, count)}">${mark}${count > 0 && markup`&nbsp;${count}`}</button>`;
  });
  return markup`<form class="react" method="post" action="${addressOf(visit, shown)}/react">${buttons}</form>`;
}

/** A button that does something at once, without a page of its own. */
function deed(action: string, label: string, fields: Readonly<Record<string, string>>): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  );
  return markup`<form method="post" action="${action}">${hidden}<button class="link">${label}</button></form>`;
}

function acceptance(visit: HubVisit, { topic, post }: ShownPost): Html | false {
  const account = accountOf(visit.call.visitor);
  const { visitor } = visit.call;
  const mayModerate = visitor.kind === "team" && visitor.mayModerate;
  const isTheirs = account?.memberId === topic.author.memberId;
  if (topic.kind !== "question" || post.number === 1 || !(isTheirs || mayModerate)) return false;
  if (isArchive(visit.call, topic.boardId)) return false;
  const isAnswer = topic.answer === post.number;
  const label = isAnswer ? m.hub_unaccept() : m.hub_accept();
  return deed(`${visit.home}/t/${topic.number}/answer`, label, { number: isAnswer ? "" : String(post.number) });
}

/** Previews are their author's to take away, and moderators'. */
function linksDeed(visit: HubVisit, shown: ShownPost): Html | false {
  const { visitor } = visit.call;
  const { links, hidesLinks, author } = shown.post;
  const isMine = accountOf(visitor)?.memberId === author.memberId;
  const mayHide = isMine || (visitor.kind === "team" && visitor.mayModerate);
  if (!mayHide || (links.length === 0 && !hidesLinks)) return false;
  const label = hidesLinks ? m.hub_links_show() : m.hub_links_hide();
  return deed(`${addressOf(visit, shown)}/links`, label, { on: hidesLinks ? "" : "yes" });
}

function tools(visit: HubVisit, shown: ShownPost): Html {
  const { topic, post, own } = shown;
  if (own === undefined) return markup``;
  const isWritable = !isFrozen(visit, shown);
  const { visitor } = visit.call;
  const address = addressOf(visit, shown);
  const isMine = accountOf(visitor)?.memberId === post.author.memberId;
  const mayDelete = isMine || (visitor.kind === "team" && visitor.mayModerate);
  const isKept = own.bookmarks.includes(post.number);
  return markup`<div class="tools">${isWritable && markup`<a href="${visit.home}/t/${topic.number}/reply?quote=${post.number}">${m.hub_quote()}</a>`}${acceptance(visit, shown)}<details><summary>${m.hub_more()}</summary><div>${deed(`${address}/bookmark`, isKept ? m.hub_unbookmark() : m.hub_bookmark(), { on: isKept ? "" : "yes" })}${linksDeed(visit, shown)}${isMine && isWritable && markup`<a href="${address}/edit">${m.hub_edit()}</a>`}${mayDelete && markup`<a class="danger" href="${address}/delete">${m.hub_delete()}</a>`}${!isMine && markup`<a href="${address}/report">${m.hub_report()}</a>`}</div></details></div>`;
}

function deletedNote(reason: string | undefined): string {
  if (reason === undefined) return m.hub_post_deleted();
  return reason === "" ? m.hub_post_deleted_team() : m.hub_post_deleted_why({ reason });
}

/** A post: who, when, what, and what can be done with it. */
export function postPart(visit: HubVisit, shown: ShownPost): Html {
  const { topic, post, isCopy = false } = shown;
  const { number, author } = post;
  const id = isCopy ? markup`` : markup` id="post-${number}"`;
  if (post.isDeleted) return markup`<article class="post gone"${id}>${deletedNote(shown.reason)}</article>`;
  const isAnswer = topic.answer === number;
  const edited =
    post.editedAt !== null && markup` · <a href="${addressOf(visit, shown)}/history">${m.hub_edited()}</a>`;
  const address = postPath(visit.slug, topic, number);
  return markup`<article class="post${isAnswer && " accepted"}"${id}><header>${facePart(visit, author)}${nameOf(visit, author)}<span class="meta"><a href="${address}">${moment(post.sentAt, clockOf(visit))}</a>${edited}</span>${isAnswer && markup`<span class="mark good">${m.hub_accepted()}</span>`}</header><div class="text">${trusted(seenHtml(visit.call, post))}</div>${!isCopy && linkCards(visit, post)}${!isCopy && markup`<footer>${reactionsOf(visit, shown)}${tools(visit, shown)}</footer>`}</article>`;
}
