import { m } from "#words";
import type { OwnMarks, Post } from "../model.ts";
import type { WholeTopic } from "../store/topics.ts";
import { markup, type Html } from "./html.ts";
import { postPart } from "./post.ts";
import type { HubVisit } from "./visit.ts";

/** A topic with its accepted answer, as whoever reads sees them. */
export interface ShownAnswer {
  readonly topic: WholeTopic;
  readonly answer: Post | undefined;
  readonly own: OwnMarks | undefined;
}

/** Below a question its accepted answer once more, unless that follows the question anyway. */
export function answerPart(visit: HubVisit, { topic, answer, own }: ShownAnswer): Html {
  const isFar = answer !== undefined && !answer.isDeleted && answer.number > 2;
  return isFar
    ? markup`<h2>${m.hub_accepted()}</h2>${postPart(visit, { topic, post: answer, own, isCopy: true })}`
    : markup``;
}
