import type { ReactNode } from "react";
import { Link } from "react-router";
import { Definition, type DefinitionText } from "./definition.tsx";
import classes from "./figure-tile.module.css";
import { SparkLine } from "./spark-line.tsx";

/** Whether a change is good for the community, bad, or neither. */
export type Tone = "good" | "bad" | "even";

export interface Figure {
  label: string;
  /** The number as it is read. */
  value: string;
  /** How it moved against the period before. */
  change?: string | undefined;
  tone?: Tone;
  /** Values over the period, for the small line. */
  spark?: readonly (number | undefined)[];
  definition?: DefinitionText;
  /** The people or messages behind the number. */
  href?: string;
}

/** Figures side by side in one frame: on a desk in a row, on a phone two abreast. */
export function FigureRow({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <ul className={classes["row"]} aria-label={label}>
      {figures.map((figure) => (
        <FigureTile key={figure.label} {...figure} />
      ))}
    </ul>
  );
}

function FigureTile(figure: Figure) {
  return (
    <li className={classes["tile"]}>
      <div className={classes["label"]}>
        <span>{figure.label}</span>
        {figure.definition !== undefined && <Definition {...figure.definition} />}
      </div>
      <div className={classes["value"]}>{linked(figure.value, figure.href)}</div>
      <div className={classes["foot"]}>
        <span className={classes["change"]} data-tone={figure.tone}>
          {figure.change ?? "\u00A0"}
        </span>
        {figure.spark !== undefined && <SparkLine values={figure.spark} />}
      </div>
    </li>
  );
}

function linked(value: string, href: string | undefined): ReactNode {
  return href === undefined ? value : <Link to={href}>{value}</Link>;
}
