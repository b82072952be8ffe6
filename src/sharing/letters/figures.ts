import type { Audit, Figure } from "#src/analytics/model.ts";
import { dateToDay } from "#src/base/clock.ts";
import type { Locale } from "#src/base/locale.ts";
import { m } from "#words";
import { writeNumber } from "#words/runtime";

type Facts = Readonly<Record<string, string | number>>;

/** The figures of a letter, in its order; those this history cannot know are left out. */
const told = [
  "active-members",
  "new-members",
  "messages",
  "questions-answered",
  "newcomers-first-answer",
  "week-two-return",
  "stickiness",
];

const DAY = 86_400;
const HOUR = 3600;
const MINUTE = 60;

// A name told by the audit chooses the sentence; the words are functions by name, each of which writes the facts it is given.
const sentences = m as unknown as Readonly<
  Record<string, ((facts: Facts, options: { locale: Locale }) => string) | undefined>
>;

function say(key: string, facts: Facts, locale: Locale): string | undefined {
  return sentences[key.replaceAll("-", "_")]?.(facts, { locale });
}

/** The days of a period, `16 – 22 Nov 2026`, «16–22 нояб. 2026». */
export function periodText({ from, to }: { from: string; to: string }, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const text = format.formatRange(Date.parse(from), Date.parse(to));
  return text.replaceAll(/[\u2009\u00A0]/g, " ").replaceAll(/ г\.?$/g, "");
}

function wordedFacts(facts: Facts, locale: Locale): Facts {
  const worded = (value: string | number): string | number => {
    if (typeof value === "number") return Math.round(value * 10) / 10;
    return dateToDay(value) === undefined ? value : periodText({ from: value, to: value }, locale);
  };
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, worded(value)]));
}

/** The sentences of the headline, without the brackets that mark their claims on the page. */
export function headlineTexts({ headline }: Audit, locale: Locale): string[] {
  return headline.flatMap(({ key, facts }) => {
    const text = say(`analytics_headline_${key}`, wordedFacts(facts, locale), locale);
    return text === undefined ? [] : [text.replaceAll(/[[\]]/g, "")];
  });
}

/** Time somebody waited, in the one unit that matters at its size. */
function waitText(seconds: number, locale: Locale): string {
  const [unit, words] =
    seconds >= 2 * DAY
      ? ([DAY, m.web_days_short] as const)
      : seconds >= 2 * HOUR
        ? ([HOUR, m.web_hours_short] as const)
        : seconds >= MINUTE
          ? ([MINUTE, m.web_minutes_short] as const)
          : ([1, m.web_seconds_short] as const);
  return words({ count: Math.round(seconds / unit) }, { locale });
}

function valueText(unit: Figure["unit"], value: number, locale: Locale): string {
  if (unit === "share") return `${writeNumber(value * 100, locale, { maximumFractionDigits: 0 })}\u202F%`;
  if (unit === "seconds") return waitText(value, locale);
  return writeNumber(value, locale, { maximumFractionDigits: unit === "ratio" ? 2 : 0 });
}

/** Figures with their names, each beside what it was in the period before. */
export function figureRows({ figures }: Audit, locale: Locale): { label: string; value: string }[] {
  return told.flatMap((metric) => {
    const figure = figures.find((one) => one.metric === metric);
    if (figure?.value === undefined) return [];
    const { unit, value, before } = figure;
    const label = say(`analytics_metric_${metric}_label`, {}, locale) ?? metric;
    const now = valueText(unit, value, locale);
    const was = before === undefined ? "" : valueText(unit, before, locale);
    const both = before === undefined ? now : m.sharing_letter_was({ now, was }, { locale });
    return [{ label, value: both }];
  });
}
