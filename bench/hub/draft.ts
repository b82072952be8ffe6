import { newId } from "#src/base/ids.ts";
import type { Board } from "#src/hub/model.ts";
import type { Writing } from "#src/hub/talk/text.ts";
import { drawn, titleOf } from "./texts.ts";

const DAY = 86_400_000;

/** Somebody who writes. */
export interface Person {
  readonly accountId: string;
  readonly memberId: string;
  readonly name: string;
}

/** What somebody types, and how it looks. */
export interface Text {
  readonly source: string;
  readonly html: string;
}

/** A post about to be stored. `at` in milliseconds since 1970 UTC. */
export interface DraftPost {
  readonly topic: number;
  readonly number: number;
  readonly board: Board;
  readonly author: Person;
  readonly text: Text;
  readonly at: number;
  readonly externalId: string;
  readonly replyTo: { readonly externalId: string; readonly sentAt: number } | undefined;
  readonly opens: Writing["opens"];
  readonly tags: readonly string[];
}

/** What posts are drafted from. `topics` says how many there will be; they were opened over the last year. */
export interface Drafting {
  readonly boards: readonly Board[];
  readonly people: readonly Person[];
  readonly texts: readonly Text[];
  readonly next: () => number;
  readonly now: number;
  readonly topics: number;
}

/** How many posts a topic has: one to some sixty, ten on average. */
function lengthOf(next: () => number): number {
  return 1 + Math.floor(next() ** 3 * 38);
}

/** A topic with its posts. */
export function draftTopic(drafting: Drafting, topic: number): DraftPost[] {
  const { boards, people, texts, next, now, topics } = drafting;
  const [board, opened] = [drawn(boards, next), now - 360 * DAY + (topic / topics) * 350 * DAY];
  const opens = { title: titleOf(next), kind: next() < 0.4 ? ("question" as const) : ("discussion" as const) };
  const tags = next() < 0.5 ? [opens.title.split(" ")[0] ?? "camp"] : [];
  const posts: DraftPost[] = [];
  const length = lengthOf(next);
  for (let number = 1; number <= length; number += 1) {
    const at = Math.floor(opened + (number - 1) * 3_600_000 * (0.5 + next()));
    const answered = number === 1 ? undefined : posts[next() < 0.6 ? 0 : Math.floor(next() * posts.length)];
    posts.push({
      topic,
      number,
      board,
      at,
      tags,
      author: drawn(people, next),
      text: drawn(texts, next),
      externalId: newId(at),
      replyTo: answered && { externalId: answered.externalId, sentAt: answered.at },
      opens: number === 1 ? opens : undefined,
    });
  }
  return posts;
}
