import { m } from "#words";
import { type Figure as Tile, FigureRow } from "#src/web/kit/figure-tile.tsx";
import type { Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Figure } from "../../../model.ts";
import { type AuditView, evidenceHref, useAudit } from "./audit-context.ts";
import classes from "./audit.module.css";
import { evidenceOf } from "./evidence.ts";
import { definitionOf } from "./figure-definition.ts";
import { changeText, toneOf, valueText } from "./figure-text.ts";
import { figureOf } from "./titles.ts";

/** The figures a manager asks for first. Where a history cannot know one, the next of `instead` takes its place. */
const wanted = [
  "active-members",
  "new-members",
  "week-two-return",
  "newcomers-first-answer",
  "questions-answered",
  "stickiness",
];
const instead = ["messages", "weekly-actives", "half-from", "returning-members", "questions"];

/** Six figures: those of `wanted` with a value, filled up from `instead`, and only then those there is too little for. */
export function sixOf(figures: readonly Figure[]): Figure[] {
  const knowable = ({ value, silence }: Figure) =>
    value !== undefined || silence === "too-few" || silence === "too-short";
  const find = (metric: string) => figures.find((figure) => figure.metric === metric && knowable(figure));
  const found = [...wanted, ...instead].map(find).filter((figure) => figure !== undefined);
  const told = found.filter(({ value }) => value !== undefined).slice(0, 6);
  const untold = found.filter(({ value, metric }) => value === undefined && wanted.includes(metric));
  return [...told, ...untold].slice(0, 6);
}

/** The row of six figures under the headline. */
export function SixFigures() {
  const view = useAudit();
  const reader = useReader();
  const six = sixOf(view.audit.figures);
  return (
    <div className={classes["six"]}>
      <FigureRow label={m.analytics_page_figures()} figures={six.map((figure) => tileOf(figure, view, reader))} />
    </div>
  );
}

function tileOf(figure: Figure, view: AuditView, reader: Reader): Tile {
  const definition = definitionOf(view, figure.metric);
  const evidence = evidenceOf(figure.metric);
  const linked = evidence !== undefined && figure.value !== undefined && figure.value > 0;
  const spark = figure.trend.map((value) => value ?? undefined);
  return {
    label: view.texts.metrics[figure.metric]?.label ?? figure.metric,
    value: valueText(figure, reader),
    change: changeText(figure, reader),
    tone: toneOf(figure),
    ...(spark.filter((value) => value !== undefined).length < 3 ? {} : { spark }),
    ...(definition === undefined ? {} : { definition }),
    ...(linked && !view.isShared ? { href: evidenceHref(view, evidence) } : {}),
  };
}

/** Whether the audit has at least one figure worth a row. */
export function hasFigures(view: AuditView): boolean {
  return (figureOf(view.audit, "messages")?.value ?? 0) > 0;
}
