import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatDay, type Reader } from "#src/web/kit/format.ts";
import type { Audit, Definition } from "../../../model.ts";
import type { AuditTexts, MetricText } from "./audit-context.ts";

type Facts = Readonly<Record<string, string | number>>;

/*
 * Sentences that are chosen by a name are looked up on the server alone: looked up in a browser, they would bring every
 * sentence of every feature along.
 */
function say(key: string, facts: Facts): string | undefined {
  // The words are functions by name; each checks nothing and writes the facts it is given.
  const words = m as unknown as Readonly<Record<string, ((facts: Facts) => string) | undefined>>;
  return words[key.replaceAll("-", "_")]?.(facts);
}

/** Facts as a sentence wants them: dates written out, halves of a median kept, nothing finer. */
export function wordedFacts(facts: Facts, reader: Reader): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, worded(value, reader)]));
}

function worded(value: string | number, reader: Reader): string | number {
  if (typeof value === "number") return Math.round(value * 10) / 10;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateToDay(value) : undefined;
  return day === undefined ? value : formatDay(day, reader);
}

/** A metric's definition in the reader's language. `limits` are what this history cannot show, whole sentences. */
function metricText(definition: Definition, coverage: readonly string[]): MetricText {
  const { name, formula, window, excludes, source, version } = definition;
  const left = excludes.map((what) => m.analytics_page_excludes({ what }));
  return {
    name,
    label: say(`analytics_metric_${name}_label`, {}) ?? name,
    meaning: say(`analytics_metric_${name}_definition`, {}) ?? "",
    formula: say(`analytics_metric_${name}_formula`, {}) ?? formula,
    window: m.analytics_page_window({ window }),
    excludes: left.length === 0 ? m.analytics_page_nothing_excluded() : left.join(", "),
    source: say(`analytics_metric_${name}_source`, {}) ?? source,
    version,
    coverage,
  };
}

/** Definitions by the name of the metric. */
export function metricTexts(definitions: readonly Definition[]): Record<string, MetricText> {
  return Object.fromEntries(definitions.map((definition) => [definition.name, metricText(definition, [])]));
}

/** Every sentence of an audit that goes by a name: definitions, headline, signals, limits. */
export function tellAudit(audit: Audit, definitions: readonly Definition[], reader: Reader): AuditTexts {
  const limits = audit.limits.map((limit) => ({
    metrics: limit.metrics,
    text: say(`analytics_limit_${limit.key}`, wordedFacts(limit.facts, reader)) ?? limit.key,
  }));
  const coverageOf = (name: string) =>
    limits.filter(({ metrics }) => metrics.length === 0 || metrics.includes(name)).map(({ text }) => text);
  return {
    metrics: Object.fromEntries(
      definitions.map((definition) => [definition.name, metricText(definition, coverageOf(definition.name))]),
    ),
    headline: audit.headline.flatMap(({ key, metric, facts }) => {
      const text = say(`analytics_headline_${key}`, wordedFacts(facts, reader));
      return text === undefined ? [] : [{ text, metric }];
    }),
    signals: audit.signals.map(
      ({ kind, facts }) => say(`analytics_signal_${kind}`, wordedFacts(facts, reader)) ?? kind,
    ),
    limits: limits.map(({ text }) => text),
  };
}
