import { m } from "#words";
import type { HubCall } from "../call.ts";
import { type Author, postPath, topicPath, type TopicRow } from "../model.ts";
import { clockOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { moment } from "./moment.ts";
import type { HubVisit } from "./visit.ts";

/** What a member is called; whoever was erased is nobody any more. */
export function calledName(name: string): string {
  return name === "" ? m.hub_nobody() : name;
}

/** The name of a member as it stands in lines, leading to what others see of them; `plain`, and of the erased, it leads nowhere. */
export function nameOf({ home }: HubVisit, author: Author, manner: "link" | "plain" = "link"): Html {
  const name = calledName(author.name);
  const badge = author.isTeam && markup` <span class="mark">${m.hub_team()}</span>`;
  if (manner === "plain" || author.name === "") return markup`<b>${name}</b>${badge}`;
  return markup`<a class="name" href="${home}/people/${author.memberId}">${name}</a>${badge}`;
}

/** How a topic stands, in a word or two. */
export function standing(topic: TopicRow): Html {
  const question = topic.kind === "question";
  return markup`${topic.isPinned && markup`<span class="mark">${m.hub_pinned()}</span> `}${topic.isClosed && markup`<span class="mark">${m.hub_closed()}</span> `}${question && topic.answer !== null && markup`<span class="mark good">${m.hub_solved()}</span> `}${question && topic.answer === null && markup`<span class="mark ask">${m.hub_question()}</span> `}`;
}

interface Lines {
  readonly topics: readonly TopicRow[];
  /** How far the reader has read them; without an account of theirs it is empty. */
  readonly reading: ReadonlyMap<number, number>;
  /** Names the board of each. */
  readonly withBoards?: boolean;
}

function boardOf({ boards }: HubCall, id: string): string {
  return boards.find((board) => board.id === id)?.name ?? "";
}

function line(visit: HubVisit, topic: TopicRow, lines: Lines): Html {
  const { slug, call, home } = visit;
  const readTo = lines.reading.get(topic.number);
  const fresh = readTo === undefined ? 0 : topic.lastPost - readTo;
  const at = readTo !== undefined && fresh > 0 ? postPath(slug, topic, readTo + 1) : topicPath(slug, topic);
  const tags = topic.tags.map((tag) => markup` <a href="${home}/topics?tag=${encodeURIComponent(tag)}">#${tag}</a>`);
  const board = lines.withBoards === true && markup`${boardOf(call, topic.boardId)} · `;
  const replies = topic.posts - 1;
  return markup`<li${fresh > 0 && markup` class="new"`}><div><a class="title" href="${at}">${topic.title}</a> ${standing(topic)}${fresh > 0 && markup`<span class="mark fresh">${m.hub_fresh({ count: fresh })}</span>`}<div class="meta">${board}${nameOf(visit, topic.author)}${tags}</div></div><div class="count"><span class="line">${m.hub_replies({ count: Math.max(0, replies) })}</span>${moment(topic.lastAt, clockOf(visit))}</div></li>`;
}

/** Topics as lines; nothing when there are none. */
export function topicLines(visit: HubVisit, lines: Lines): Html {
  if (lines.topics.length === 0) return markup``;
  return markup`<ul class="list">${lines.topics.map((topic) => line(visit, topic, lines))}</ul>`;
}
