import { z } from "zod";

/**
 * Steps from an empty community to an open one, in the order in which they are best taken: ten to twenty founding members
 * invited by hand, two weeks of talk among themselves, rules and a pinned guide, a first ritual, open doors, a first session
 * of questions by week 4, a first report by week 6.
 */
export const launchSteps = [
  "hub",
  "closed-doors",
  "invitation",
  "founders",
  "talk",
  "rules",
  "guide",
  "ritual",
  "doors",
  "ama",
  "report",
] as const;
export type LaunchStep = (typeof launchSteps)[number];

/** Steps that no fact tells of yet: the team ticks them. */
export const byHandSteps: readonly LaunchStep[] = ["ritual", "ama"];

/** So many people are enough to keep a talk going among themselves, and few enough to know each by name. */
export const FOUNDERS = 10;
/** As long as founders talk before others come. */
export const TALK_DAYS = 14;
/** By when a step is best taken, in days after the hub was opened. */
const dueDays: Partial<Record<LaunchStep, number>> = { ama: 28, report: 42 };

const DAY_MS = 86_400_000;

/** What has happened so far. Instants in milliseconds since 1970 UTC; undefined: it has not, or nobody noted when. */
export interface LaunchFacts {
  readonly isOpen: boolean;
  readonly openedAt: number | undefined;
  readonly joining: "everyone" | "invited" | "nobody";
  readonly joiningChosenAt: number | undefined;
  readonly invitedAt: number | undefined;
  /** How many came by invitations, and when there were `FOUNDERS` members. */
  readonly invited: number;
  readonly foundersAt: number | undefined;
  /** When a member wrote first. */
  readonly firstPostAt: number | undefined;
  readonly hasRules: boolean;
  readonly rulesAt: number | undefined;
  readonly pinnedAt: number | undefined;
  readonly reportAt: number | undefined;
}

/** A step ticked by hand. `at` in milliseconds since 1970 UTC. */
export interface HandTick {
  readonly step: string;
  readonly at: number;
  readonly by: string;
}

/** How a step stands. */
export interface LaunchState {
  readonly step: LaunchStep;
  readonly isDone: boolean;
  /** When it was done, in milliseconds since 1970 UTC; undefined where nobody noted it. */
  readonly at: number | undefined;
  /** Who ticked it by hand; undefined where a fact did. */
  readonly by: string | undefined;
  /** How much of it there is, where it counts something: people, or days. */
  readonly count: number | undefined;
  /** By when it is best done, in milliseconds since 1970 UTC. */
  readonly dueAt: number | undefined;
}

interface Told {
  readonly isDone: boolean;
  readonly at?: number | undefined;
  readonly count?: number;
}

function toldBy(facts: LaunchFacts, now: number): Record<LaunchStep, Told> {
  const { openedAt, firstPostAt, foundersAt, joining } = facts;
  const talkedAt = firstPostAt === undefined ? undefined : firstPostAt + TALK_DAYS * DAY_MS;
  const talk = talkedAt !== undefined && talkedAt <= now;
  const days = firstPostAt === undefined ? 0 : Math.min(TALK_DAYS, Math.floor((now - firstPostAt) / DAY_MS));
  const founders = facts.invited >= FOUNDERS;
  // Doors that were never closed are no doors that were opened.
  const doors = facts.isOpen && joining === "everyone" && talk;
  return {
    hub: { isDone: facts.isOpen, at: openedAt },
    "closed-doors": { isDone: joining !== "everyone" || doors, at: facts.joiningChosenAt },
    invitation: { isDone: facts.invitedAt !== undefined, at: facts.invitedAt },
    founders: { isDone: founders, at: foundersAt, count: Math.min(facts.invited, FOUNDERS) },
    talk: { isDone: talk, at: talkedAt, count: days },
    rules: { isDone: facts.hasRules, at: facts.rulesAt },
    guide: { isDone: facts.pinnedAt !== undefined, at: facts.pinnedAt },
    ritual: { isDone: false },
    doors: { isDone: doors, at: facts.joiningChosenAt },
    ama: { isDone: false },
    report: { isDone: facts.reportAt !== undefined, at: facts.reportAt },
  };
}

/** How every step stands: told by facts, or ticked by hand where there is none. `now` in milliseconds since 1970 UTC. */
export function launchStates(facts: LaunchFacts, ticks: readonly HandTick[], now: number): LaunchState[] {
  const told = toldBy(facts, now);
  return launchSteps.map((step) => {
    const { isDone, at, count } = told[step];
    const tick = isDone ? undefined : ticks.find((each) => each.step === step);
    const due = dueDays[step];
    return {
      step,
      isDone: isDone || tick !== undefined,
      at: isDone ? at : tick?.at,
      by: tick?.by,
      count,
      dueAt: due === undefined || facts.openedAt === undefined ? undefined : facts.openedAt + due * DAY_MS,
    };
  });
}

const instant = z.iso.datetime().nullable();

/** The checklist as the team sees it. */
export const launchSchema = z.object({
  isPutAway: z.boolean(),
  openedAt: instant.describe("null: the hub was never opened"),
  steps: z.array(
    z.object({
      step: z.enum(launchSteps),
      isDone: z.boolean(),
      at: instant.describe("null: not done, or nobody noted when"),
      by: z.string().nullable().describe("Who ticked it by hand; null: a fact did, or it is not done"),
      count: z.int().nullable().describe("People or days so far, where the step counts them"),
      dueAt: instant.describe("By when it is best done"),
    }),
  ),
});
export type Launch = z.infer<typeof launchSchema>;
