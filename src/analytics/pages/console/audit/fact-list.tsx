import { m } from "#words";
import { Definition } from "#src/web/kit/definition.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import { evidenceOf } from "./evidence.ts";
import classes from "./fact-list.module.css";
import { definitionOf } from "./figure-definition.ts";
import { changeText, toneOf, valueText } from "./figure-text.ts";
import { figureOf } from "./titles.ts";

/** A number that is told beside the metrics without being one, such as the share of a weekend. */
export interface PlainFact {
  readonly label: string;
  readonly value: string;
  readonly change?: string;
}

/** Figures of one part, one a line: name with its definition, value with its evidence, change. */
export function FactList(props: { label: string; metrics: readonly string[]; plain?: readonly PlainFact[] }) {
  const { audit, texts } = useAudit();
  const known = props.metrics.filter((metric) => figureOf(audit, metric)?.value !== undefined);
  // What this history cannot know at all is told once, by the limits of the page; what it has too little for, in one line.
  const untold = props.metrics.filter((metric) => {
    const silence = figureOf(audit, metric)?.silence;
    return silence === "too-few" || silence === "too-short";
  });
  return (
    <ul className={classes["facts"]} data-plain={props.plain !== undefined || undefined} aria-label={props.label}>
      {known.map((metric) => (
        <MetricFact key={metric} metric={metric} />
      ))}
      {props.plain?.map((fact) => (
        <li key={fact.label} className={classes["fact"]}>
          <span className={classes["label"]}>{fact.label}</span>
          <span className={classes["value"]}>{fact.value}</span>
          <span className={classes["change"]}>{fact.change}</span>
        </li>
      ))}
      {untold.length > 0 && (
        <li className={classes["untold"]}>
          {m.analytics_page_untold({
            names: untold.map((metric) => texts.metrics[metric]?.label ?? metric).join(", "),
          })}
        </li>
      )}
    </ul>
  );
}

function MetricFact({ metric }: { metric: string }) {
  const view = useAudit();
  const reader = useReader();
  const figure = figureOf(view.audit, metric);
  if (figure === undefined) return null;
  const definition = definitionOf(view, metric);
  const evidence = evidenceOf(metric);
  const value = valueText(figure, reader);
  const linked = evidence !== undefined && figure.value !== undefined && figure.value > 0;
  return (
    <li className={classes["fact"]}>
      <span className={classes["label"]}>
        <span>{view.texts.metrics[metric]?.label ?? metric}</span>
        {definition !== undefined && <Definition {...definition} />}
      </span>
      <span className={classes["value"]}>
        {linked ? <AuditLink to={evidenceHref(view, evidence)}>{value}</AuditLink> : value}
      </span>
      <span className={classes["change"]} data-tone={toneOf(figure)}>
        {changeText(figure, reader)}
      </span>
    </li>
  );
}
