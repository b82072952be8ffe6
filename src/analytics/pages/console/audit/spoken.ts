import type { Audit } from "../../../model.ts";
import { figureOf } from "./titles.ts";

/** Parts of the report that need a least amount of history before they may say anything. */
export const cautiousParts = ["return", "carriers", "newcomers", "questions", "alive", "talk", "stood-out"] as const;
export type CautiousPart = (typeof cautiousParts)[number];

/** Below this many messages a chart, a ranking or a share is made of accidents. */
const ENOUGH_MESSAGES = 20;
/** A map of 168 hours needs more. */
const ENOUGH_FOR_MAP = 50;
/** Fewer days make no line. */
const ENOUGH_DAYS = 3;
/** Below this many days of history nothing can be called usual. */
const ENOUGH_HISTORY = 28;

type Asked = Pick<Audit, "figures" | "top" | "signals" | "history" | "period">;

function isTooLittle(audit: Asked, metric: string): boolean {
  const { value, silence } = figureOf(audit, metric) ?? {};
  return value === undefined && (silence === "too-few" || silence === "too-short");
}

function messagesOf(audit: Asked): number {
  return figureOf(audit, "messages")?.value ?? 0;
}

/** Whether there is enough for a line over time. */
export function hasCourse(audit: Asked): boolean {
  return messagesOf(audit) >= ENOUGH_MESSAGES && audit.period.days >= ENOUGH_DAYS;
}

const isSilent: Readonly<Record<CautiousPart, (audit: Asked) => boolean>> = {
  return: (audit) =>
    ["week-two-return", "month-return", "newcomers-returned"].every((metric) => isTooLittle(audit, metric)),
  carriers: ({ top }) => top.length < 2,
  newcomers: (audit) => isTooLittle(audit, "newcomers-answered"),
  questions: (audit) => isTooLittle(audit, "questions-answered"),
  alive: (audit) => messagesOf(audit) < ENOUGH_FOR_MAP,
  talk: (audit) => messagesOf(audit) < ENOUGH_MESSAGES,
  "stood-out": ({ signals, history }) => signals.length === 0 && (history?.days ?? 0) < ENOUGH_HISTORY,
};

/** The parts that have too little to speak of; the page names their questions and leaves them out. */
export function silentParts(audit: Asked): CautiousPart[] {
  return cautiousParts.filter((part) => isSilent[part](audit));
}
