import type { Limit } from "../model.ts";
import { metrics } from "../metrics/all.ts";
import type { Need } from "../metrics/metric.ts";
import type { Blindness, Origin } from "./limit.ts";

function metricsThatNeed(need: Need): string[] {
  return metrics.filter((metric) => metric.needs.includes(need)).map(({ name }) => name);
}

/** Whoever only reads leaves no trace in a file of messages. */
const lurkers: Blindness = ({ isImported }) =>
  isImported
    ? {
        key: "lurkers",
        facts: {},
        metrics: ["active-members", "daily-actives", "weekly-actives", "monthly-actives", "stickiness"],
      }
    : undefined;

/** Without replies nobody can say who answered whom. */
const replies: Blindness = ({ window }) =>
  window.knows.replies ? undefined : { key: "no_replies", facts: {}, metrics: metricsThatNeed("replies") };

const reactions: Blindness = ({ window }) =>
  window.knows.reactions ? undefined : { key: "no_reactions", facts: {}, metrics: metricsThatNeed("reactions") };

/** Exports carry totals: reactions count for the day of their message. */
const reactionTimes: Blindness = ({ window, isImported }) =>
  isImported && window.knows.reactions
    ? { key: "reaction_times", facts: {}, metrics: metricsThatNeed("reactions") }
    : undefined;

const moves: Blindness = ({ window }) =>
  window.knows.moves ? undefined : { key: "no_moves", facts: {}, metrics: metricsThatNeed("moves") };

/** Platforms tell of joining more often than of leaving, and large groups hide both. */
const quietLeaves: Blindness = ({ window }) =>
  window.knows.moves ? { key: "quiet_leaves", facts: {}, metrics: ["joined-members", "left-members"] } : undefined;

/** Deleted messages are in no export. */
const deleted: Blindness = ({ isImported }) =>
  isImported ? { key: "deleted", facts: {}, metrics: ["messages"] } : undefined;

/** A newcomer to the file may have been there before the file begins. */
const beginning: Blindness = ({ window }) =>
  window.from - window.historyFrom < 30
    ? {
        key: "beginning",
        facts: {},
        metrics: ["new-members", "returning-members", "monthly-actives", "stickiness", "newcomers-answered"],
      }
    : undefined;

/** The same person on two platforms counts twice until somebody links them. */
const people: Blindness = ({ platforms }) =>
  platforms.length > 1
    ? {
        key: "unlinked_people",
        facts: { count: platforms.length },
        metrics: ["active-members", "new-members", "top-members"],
      }
    : undefined;

const blindnesses: readonly Blindness[] = [
  lurkers,
  replies,
  reactions,
  reactionTimes,
  moves,
  quietLeaves,
  deleted,
  beginning,
  people,
];

/** What the numbers of this history leave out. */
export function limitsOf(origin: Origin): Limit[] {
  return blindnesses.map((blindness) => blindness(origin)).filter((limit) => limit !== undefined);
}
