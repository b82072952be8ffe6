import { byWeeks, FEWEST, metric, quantile, share, teamAndBots } from "./metric.ts";
import { arrivalDays, NEVER } from "./people.ts";
import { UNANSWERED } from "./sheet.ts";
import type { Window } from "./window.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** A newcomer's first week: the seven days after the day of the first message. */
const FIRST_WEEK = 7;

/** What became of the first messages of those who arrived in the window. The four add up to `count`. */
export interface Welcome {
  readonly count: number;
  readonly withinHour: number;
  /** After an hour, within a day. */
  readonly withinDay: number;
  readonly later: number;
  readonly never: number;
  /** Newcomers whose first week has wholly passed, by whether their first message was answered within a day, and those who came back in it. */
  readonly answered: { readonly eligible: number; readonly returned: number };
  readonly unanswered: { readonly eligible: number; readonly returned: number };
}

/** Flags of members who wrote again in their first week, by member number. */
function returnersOf(window: Window): Uint8Array {
  const { present } = window.sheet;
  const arrival = arrivalDays(window);
  const returned = new Uint8Array(arrival.length);
  for (let row = 0; row < present.day.length; row += 1) {
    const member = present.member[row] ?? 0;
    const since = (present.day[row] ?? 0) - (arrival[member] ?? NEVER);
    if (since >= 1 && since <= FIRST_WEEK) returned[member] = 1;
  }
  return returned;
}

const welcomes = new WeakMap<Window, Welcome>();

/** Counts how newcomers were met and whether they came back. */
export function welcomeOf(window: Window): Welcome {
  const found = welcomes.get(window) ?? countWelcome(window);
  welcomes.set(window, found);
  return found;
}

type Met = Pick<Welcome, "withinHour" | "withinDay" | "later" | "never">;

function countMet({ sheet: { arriving } }: Window): Met {
  const met = { withinHour: 0, withinDay: 0, later: 0, never: 0 };
  for (const delay of arriving.delay) {
    if (delay === UNANSWERED) met.never += 1;
    else if (delay <= HOUR) met.withinHour += 1;
    else if (delay <= DAY) met.withinDay += 1;
    else met.later += 1;
  }
  return met;
}

function countWelcome(window: Window): Welcome {
  const { arriving } = window.sheet;
  const returners = returnersOf(window);
  const latest = Math.min(window.to, window.historyTo) - FIRST_WEEK;
  const answered = { eligible: 0, returned: 0 };
  const unanswered = { eligible: 0, returned: 0 };
  for (let row = 0; row < arriving.day.length; row += 1) {
    if ((arriving.day[row] ?? 0) > latest) continue;
    const delay = arriving.delay[row] ?? UNANSWERED;
    const group = delay !== UNANSWERED && delay <= DAY ? answered : unanswered;
    group.eligible += 1;
    if (returners[arriving.member[row] ?? 0] === 1) group.returned += 1;
  }
  return { count: arriving.day.length, ...countMet(window), answered, unanswered };
}

const shape = {
  version: 1,
  excludes: [...teamAndBots, "no-author", "own-replies", "late-answers"],
  source: "CHAOSS, Time to First Response",
} as const;

function answeredShare(window: Window): number | undefined {
  if (!window.knows.replies) return undefined;
  const { withinHour, withinDay } = countMet(window);
  return share(withinHour + withinDay, window.sheet.arriving.day.length);
}

function medianWait({ sheet: { arriving } }: Window): number | undefined {
  return quantile(arriving.delay.filter((delay) => delay !== UNANSWERED).sort(), 0.5);
}

/** Newcomers whose first message somebody else answered within 24 hours. */
export const newcomersAnswered = metric<number>({
  ...shape,
  name: "newcomers-answered",
  unit: "share",
  better: "more",
  window: "period",
  formula: "|{n : first answer to the first message of n ≤ 24 h}| ÷ |{n}|",
  needs: ["replies"],
  measure: answeredShare,
  trend: byWeeks(answeredShare),
});

/** How long a newcomer whose first message was answered waited for the first answer. */
export const newcomersFirstAnswer = metric<number>({
  ...shape,
  name: "newcomers-first-answer",
  unit: "seconds",
  better: "less",
  window: "period",
  formula: "median of (first answer − first message) over answered newcomers",
  needs: ["replies"],
  measure: medianWait,
  trend: byWeeks(medianWait),
});

/** Newcomers who wrote again on one of the seven days after their first. */
export const newcomersReturned = metric<number>({
  ...shape,
  name: "newcomers-returned",
  unit: "share",
  better: "more",
  window: "history",
  formula: "|{n : n wrote on day 1 … 7}| ÷ |{n : arrived ≥ 7 days before the end}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "Discord Insights, new member retention",
  measure: (window) => {
    const { answered, unanswered } = welcomeOf(window);
    const eligible = answered.eligible + unanswered.eligible;
    return eligible < FEWEST ? undefined : (answered.returned + unanswered.returned) / eligible;
  },
});
