import { m } from "#words";
import type { Locale } from "#words/runtime";
import type { StandingEvidence } from "../../model.ts";
import { levelOf, type Level, type Stage } from "../../standing/model.ts";

/** A sentence without inputs, in the reader's language or in one that is named. */
type Word = (inputs?: Record<string, never>, options?: { locale: Locale }) => string;

/** What each level of engagement is called. */
export const levelWords: Record<Level, Word> = {
  outside: m.members_level_outside,
  exploring: m.members_level_exploring,
  participating: m.members_level_participating,
  contributing: m.members_level_contributing,
  leading: m.members_level_leading,
};

/** What each stage of life is called. */
export const stageWords: Record<Stage, Word> = {
  newcomer: m.members_stage_newcomer,
  active: m.members_stage_active,
  slipping: m.members_stage_slipping,
  dormant: m.members_stage_dormant,
  returned: m.members_stage_returned,
  silent: m.members_stage_silent,
};

/** The tone in which a stage is shown: what asks for somebody's attention stands out. */
export function stageTone(stage: Stage): "quiet" | "good" | "warning" | "accent" {
  if (stage === "slipping") return "warning";
  if (stage === "newcomer") return "accent";
  return stage === "active" || stage === "returned" ? "good" : "quiet";
}

const ROMAN = ["", "I", "II", "III"];

/** A step in words: the level, and the step within it as a Roman number. */
export function stepWord(step: number, locale?: Locale): string {
  const { level, within } = levelOf(step);
  const word = levelWords[level]({}, ...(locale === undefined ? [] : [{ locale }]));
  return within === 0 ? word : `${word} ${ROMAN[within] ?? ""}`;
}

/** Why somebody stands at their level, in one sentence. */
export function levelReason(step: number, evidence: StandingEvidence): string {
  const { quarters, months, weeks, replies, days } = evidence;
  if (quarters > 0) return m.members_why_quarters({ count: quarters });
  if (months > 0) return m.members_why_months({ count: months });
  if (weeks > 0) return m.members_why_weeks({ count: weeks });
  if (replies > 0) return m.members_why_replies({ count: replies });
  if (days > 0) return m.members_why_wrote({ count: days });
  return step > 0 ? m.members_why_came() : m.members_why_nothing();
}

/** Why somebody is in their stage of life, in one sentence. */
export function stageReason(stage: Stage, evidence: StandingEvidence, firstSeen: string): string {
  const { silence, absence } = evidence;
  if (stage === "newcomer") return m.members_why_newcomer({ day: firstSeen });
  if (stage === "returned" && absence !== null) return m.members_why_returned({ count: absence });
  if (silence === null) return m.members_why_silent();
  return silence === 0 ? m.members_why_today() : m.members_why_silence({ count: silence });
}
