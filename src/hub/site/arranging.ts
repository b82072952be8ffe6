import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { livingBoards } from "../call.ts";
import { LONGEST_TITLE, type Post, type TopicRow, topicPath } from "../model.ts";
import { POSTS_TO_ARRANGE, postsToArrange } from "../queries.ts";
import { topicsLike } from "../search/search.ts";
import { clockOf, documentOf } from "./frame.ts";
import { type Html, markup, trusted } from "./html.ts";
import { moment } from "./moment.ts";
import { nameOf } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

/** What a moderator has chosen and typed so far. */
export interface TypedMove {
  readonly numbers: readonly string[];
  readonly title: string;
  readonly board: string;
  readonly into: string;
}

/** A topic's number in whatever a moderator pasted: its address or the number alone; 0 when there is none. */
export function topicIn(typed: string): number {
  const [, number = "0"] = /(?:^|\/t\/|#)(\d{1,9})(?:\b|-)/.exec(typed.trim()) ?? [];
  return Number(number);
}

/** Enough of a post to know it by. */
const LONGEST_GLIMPSE = 160;

/** The beginning of a post without its markup; what is left was encoded when it was stored. */
function glimpse({ html }: Post): Html {
  const words = html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  const cut = words.slice(0, LONGEST_GLIMPSE).replace(/&[^;\s]*$/, "");
  return trusted(words.length > LONGEST_GLIMPSE ? `${cut}…` : cut);
}

function choice(visit: HubVisit, post: Post, typed: TypedMove): Html {
  const isChosen = typed.numbers.includes(String(post.number));
  return markup`<li><label class="check"><input type="checkbox" name="number" value="${post.number}"${isChosen && markup` checked`}><span>${nameOf(visit, post.author, "plain")} <span class="meta">${moment(post.sentAt, clockOf(visit))}</span><br>${glimpse(post)}</span></label></li>`;
}

function targetField(similar: readonly TopicRow[], typed: TypedMove, id: string): Html {
  const options = similar.map(({ number, title }) => markup`<option value="${number}">${title}</option>`);
  return markup`<label>${m.hub_arrange_into()}<input name="into" list="${id}" maxlength="300" value="${typed.into}"><small>${m.hub_arrange_into_hint()}</small></label><datalist id="${id}">${options}</datalist>`;
}

/** What both forms of the view need. */
interface FormParts {
  readonly topic: TopicRow;
  readonly typed: TypedMove;
  /** Topics like it, which are likely targets. */
  readonly similar: readonly TopicRow[];
}

function moveForm(visit: HubVisit, part: FormParts & { posts: readonly Post[] }): Html {
  const { topic, posts, typed, similar } = part;
  if (posts.length === 0) return markup`<p class="lead">${m.hub_arrange_none()}</p>`;
  const chosenBoard = typed.board === "" ? topic.boardId : typed.board;
  const boards = livingBoards(visit.call).map(
    ({ id, name }) => markup`<option value="${id}"${id === chosenBoard && markup` selected`}>${name}</option>`,
  );
  return markup`<form class="stack" method="post" action="${visit.home}/t/${topic.number}/posts"><fieldset><legend>${m.hub_arrange_choose()}</legend><ul class="lines">${posts.map((post) => choice(visit, post, typed))}</ul></fieldset><section class="stack"><h2>${m.hub_arrange_new()}</h2><label>${m.hub_arrange_new_title()}<input name="title" maxlength="${LONGEST_TITLE}" value="${typed.title}"></label><label>${m.hub_field_board()}<select name="board">${boards}</select></label><div><button class="main" name="deed" value="split">${m.hub_arrange_split()}</button></div></section><section class="stack"><h2>${m.hub_arrange_there()}</h2>${targetField(similar, typed, "near-posts")}<div><button name="deed" value="move">${m.hub_arrange_move()}</button></div></section></form>`;
}

function mergeForm(visit: HubVisit, { topic, typed, similar }: FormParts): Html {
  return markup`<section class="part"><h2>${m.hub_arrange_whole()}</h2><p class="lead">${m.hub_arrange_whole_text()}</p><form class="stack" method="post" action="${visit.home}/t/${topic.number}/posts">${targetField(similar, typed, "near-topic")}<div><button name="deed" value="merge">${m.hub_arrange_merge()}</button></div></form></section>`;
}

const moveNames = { merge: m.hub_move_merge, split: m.hub_move_split, move: m.hub_move_move } as const;

async function movesPart(visit: HubVisit, topic: number): Promise<Html | false> {
  const { items } = await visit.api.moderation.moves({ community: visit.slug, topic, limit: 20 });
  if (items.length === 0) return false;
  const lines = items.map(({ id, kind, from, to, posts, madeAt, isUndone }) => {
    const words = moveNames[kind]({ from: from.title, to: to.title, count: posts });
    const undo = markup`<form method="post" action="${visit.home}/t/${topic}/posts"><input type="hidden" name="move" value="${id}"><button name="deed" value="undo">${m.hub_move_undo()}</button></form>`;
    return markup`<li><div>${words}<div class="meta">${moment(madeAt, clockOf(visit))}</div></div>${isUndone ? markup`<span class="mark">${m.hub_move_undone()}</span>` : undo}</li>`;
  });
  return markup`<section class="part"><h2>${m.hub_moves()}</h2><ul class="list">${lines}</ul></section>`;
}

/** The staff view of a topic: posts to choose, where they shall go, what was moved and can be undone. */
export async function arrangingPage(
  visit: HubVisit,
  number: number,
  { typed, note }: { typed: TypedMove; note: Html | false },
): Promise<string> {
  const { visitor } = visit.call;
  if (visitor.kind !== "team" || !visitor.mayModerate) return refuse("forbidden", "hub.not-a-moderator");
  const asked = Number(visit.url.searchParams.get("page") ?? "1");
  const page = Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
  const { topic, posts } = await postsToArrange(visit.call, { number, page });
  const similar = (await topicsLike(visit.call, topic.title)).filter((other) => other.number !== number);
  const more =
    topic.lastPost > page * POSTS_TO_ARRANGE &&
    markup`<p class="pages"><a rel="next" href="?page=${page + 1}">${m.hub_older()}</a></p>`;
  const title = m.hub_arrange_title({ title: topic.title });
  const main = markup`<h1>${title}</h1><p class="lead">${m.hub_arrange_lead()}</p><p><a href="${topicPath(visit.slug, topic)}">${m.hub_arrange_back()}</a></p>${note}${await movesPart(visit, number)}<section class="part">${moveForm(visit, { topic, posts, typed, similar })}${more}</section>${mergeForm(visit, { topic, typed, similar })}`;
  return documentOf(visit, { title, main, isPlain: true });
}
