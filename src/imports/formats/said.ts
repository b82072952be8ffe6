import { CLOCK_LEEWAY, EARLIEST_MESSAGE, type IncomingLink, type IncomingMessage } from "#src/platforms/model.ts";
import { languageOf } from "#src/platforms/traits/language.ts";
import { linksOf } from "#src/platforms/traits/links.ts";
import { isQuestion } from "#src/platforms/traits/question.ts";

/** A message as a format understood it, before its text was looked at. */
export interface Draft extends Omit<IncomingMessage, "isQuestion" | "language" | "links"> {
  /** What the platform itself marked as links; without them they are looked for in the text. */
  readonly links?: readonly IncomingLink[];
}

/**
 * The message with what its text tells: its language, its links, whether it asks. What bots and channels write, what was
 * forwarded and what is voted on is no question of a person's.
 */
export function said(draft: Draft): IncomingMessage {
  const { text, kind, author, forwardedFrom, links = linksOf(text) } = draft;
  const language = text === "" ? undefined : languageOf(text);
  const mayAsk = text !== "" && forwardedFrom === undefined && kind !== "poll" && author.kind === "person";
  return {
    ...draft,
    links,
    isQuestion: mayAsk && isQuestion(text),
    ...(language === undefined ? {} : { language }),
  };
}

/** Whether something can have happened then: not before there were such platforms, not later than tomorrow. */
export function isPossible(at: number, now: number): boolean {
  return at >= EARLIEST_MESSAGE && at <= now + CLOCK_LEEWAY;
}
