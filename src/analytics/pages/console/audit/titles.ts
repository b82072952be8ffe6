import { m } from "#words";
import { type Reader, weekdayNames } from "#src/web/kit/format.ts";
import type { Audit, Figure } from "../../../model.ts";
import { ENOUGH_FOR_PERCENT, shareText } from "./figure-text.ts";

/** A share has moved when the difference is at least this: two percentage points. */
const MOVED = 0.02;
/** A number of people has moved when it differs by at least a twentieth. */
const GREW = 0.05;

type Named = Pick<Audit, "figures">;

/** A figure of the audit by the name of its metric. */
export function figureOf({ figures }: Named, metric: string): Figure | undefined {
  return figures.find((figure) => figure.metric === metric);
}

/** Is it growing? */
export function growthTitle(audit: Named, reader: Reader): string {
  const { value: count = 0, before } = figureOf(audit, "active-members") ?? {};
  if (count === 0) return m.analytics_page_growth_none();
  if (before === undefined) return m.analytics_page_growth_plain({ count });
  if (Math.min(count, before) < ENOUGH_FOR_PERCENT) return m.analytics_page_growth_small({ count, before });
  const change = (count - before) / before;
  const share = shareText(Math.abs(change), reader);
  if (change >= GREW) return m.analytics_page_growth_more({ count, share });
  if (change <= -GREW) return m.analytics_page_growth_fewer({ count, share });
  return m.analytics_page_growth_same({ count });
}

/** A sentence about a share: with what it was before where it moved, or with why there is none. */
function shareTitle(
  figure: Figure | undefined,
  reader: Reader,
  say: {
    plain: (words: { share: string }) => string;
    was: (words: { share: string; before: string }) => string;
    silent: (silence: string) => string;
  },
): string {
  const { value, before, silence } = figure ?? {};
  if (value === undefined) return say.silent(silence ?? "too-few");
  const share = shareText(value, reader);
  if (before === undefined || Math.abs(value - before) < MOVED) return say.plain({ share });
  return say.was({ share, before: shareText(before, reader) });
}

/** Do people come back? */
export function returnTitle(audit: Named, reader: Reader): string {
  return shareTitle(figureOf(audit, "week-two-return"), reader, {
    plain: m.analytics_page_return_title,
    was: m.analytics_page_return_title_was,
    silent: (silence) => (silence === "too-short" ? m.analytics_page_return_short() : m.analytics_page_return_few()),
  });
}

/** Who carries it? */
export function carriersTitle(audit: Named): string {
  const count = figureOf(audit, "half-from")?.value;
  const messages = figureOf(audit, "messages")?.value ?? ENOUGH_FOR_PERCENT;
  return count === undefined || messages < ENOUGH_FOR_PERCENT
    ? m.analytics_page_carriers_few()
    : m.analytics_page_carriers_title({ count });
}

/** Do newcomers get an answer? */
export function newcomersTitle(audit: Named, reader: Reader): string {
  return shareTitle(figureOf(audit, "newcomers-answered"), reader, {
    plain: m.analytics_page_met_title,
    was: m.analytics_page_met_title_was,
    silent: (silence) => (silence === "no-replies" ? m.analytics_page_replies_unknown() : m.analytics_page_met_few()),
  });
}

/** Are questions answered? */
export function questionsTitle(audit: Named, reader: Reader): string {
  return shareTitle(figureOf(audit, "questions-answered"), reader, {
    plain: m.analytics_page_asked_title,
    was: m.analytics_page_asked_title_was,
    silent: (silence) => (silence === "no-replies" ? unansweredUnknownTitle(audit) : m.analytics_page_asked_few()),
  });
}

/** The questions of a history that does not tell who answered whom. */
export function unansweredUnknownTitle(audit: Named): string {
  return m.analytics_page_asked_unknown({ count: figureOf(audit, "questions")?.value ?? 0 });
}

/** When is it alive? The one or two liveliest stretches of the week. */
export function aliveTitle({ lively }: Pick<Audit, "lively">): string {
  const [first, second] = lively;
  if (first === undefined) return m.analytics_page_alive_few();
  const [day, from, to] = [m.analytics_page_on_weekday({ weekday: first.weekday }), first.fromHour, first.toHour];
  // A second stretch is worth a word only when it is nearly as lively.
  if (second === undefined || second.share < first.share * 0.9) return m.analytics_page_alive_one({ day, from, to });
  const other = m.analytics_page_on_weekday({ weekday: second.weekday });
  if (second.fromHour === from) return m.analytics_page_alive_two({ day, other, from, to });
  return m.analytics_page_alive_apart({ day, from, to, other, otherFrom: second.fromHour, otherTo: second.toHour });
}

/** What do they talk with? */
export function talkTitle({ languages }: Pick<Audit, "languages">, reader: Reader): string {
  const main = languages.rows[0];
  if (main === undefined || languages.total < ENOUGH_FOR_PERCENT) return m.analytics_page_talk_plain();
  const share = shareText(main.count / languages.total, reader);
  return m.analytics_page_talk_language({ language: languageName(main.key, reader), share });
}

/** The name of a language in the reader's own: "Russian", «русский». */
export function languageName(code: string, { locale }: Reader): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    // A detector may tell codes that no list of names knows.
    return code;
  }
}

/** How do the spaces differ? */
export function spacesTitle({ spacesCompared }: Pick<Audit, "spacesCompared">, reader: Reader): string {
  const count = spacesCompared.length;
  if (count === 0) return m.analytics_page_growth_none();
  if (count === 1) return m.analytics_page_spaces_one();
  const all = spacesCompared.reduce((sum, { messages }) => sum + messages, 0);
  const sizes = spacesCompared.map(({ messages }) => messages).toSorted((a, b) => b - a);
  const largest = (first: number) => sizes.slice(0, first).reduce((sum, size) => sum + size, 0) / Math.max(1, all);
  if (count < 8) return m.analytics_page_spaces_largest({ count, share: shareText(largest(1), reader) });
  return m.analytics_page_spaces_three({ count, share: shareText(largest(3), reader) });
}

/** What stood out? */
export function signalsTitle({ signals }: Pick<Audit, "signals">): string {
  return signals.length > 0
    ? m.analytics_page_signals_title({ count: signals.length })
    : m.analytics_page_signals_none();
}

/** A word as it stands at the head of a line. */
export function capitalised(word: string, { locale }: Reader): string {
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
}

/** One hour of the week: "Tuesday, 19:00 to 20:00". */
export function hourName(weekday: number, hour: number, reader: Reader): string {
  const name = weekdayNames(reader, "long")[weekday] ?? "";
  return m.analytics_page_heat_cell({ weekday: capitalised(name, reader), from: hour, to: hour + 1 });
}
