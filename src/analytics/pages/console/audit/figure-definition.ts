import { m } from "#words";
import type { DefinitionText } from "#src/web/kit/definition.tsx";
import { definitionHref, type AuditView } from "./audit-context.ts";

/** The card behind the (i) of a metric; undefined for a metric nobody has defined. */
export function definitionOf(view: AuditView, metric: string): DefinitionText | undefined {
  const text = view.texts.metrics[metric];
  if (text === undefined) return undefined;
  const { label, meaning, formula, window, excludes, source, version, coverage } = text;
  return {
    name: label,
    meaning: `${meaning} ${m.analytics_page_source()}: ${m.analytics_page_source_line({ source, version })}.`,
    formula,
    window,
    excludes,
    ...(coverage.length === 0 ? {} : { coverage: coverage.join(" ") }),
    ...(view.isShared ? {} : { href: definitionHref(view, metric) }),
  };
}
