import type { ReactNode } from "react";
import { Link } from "react-router";
import classes from "./bar-list.module.css";

/** One row of a bar list. */
export interface Bar {
  key: string;
  name: ReactNode;
  /** A few quiet words after the name. */
  detail?: ReactNode;
  value: number;
  /** The value as it is read. */
  shown: string;
  /** A second column at the far right. */
  more?: string;
  href?: string;
  tone?: "bad";
}

/** Things ranked: a name, a slim bar, a number. The longest bar fills the row unless `whole` says what full means. */
export function BarList({ label, bars, whole }: { label: string; bars: readonly Bar[]; whole?: number }) {
  const full = whole ?? Math.max(1e-9, ...bars.map((bar) => bar.value));
  return (
    <ol className={classes["list"]} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={classes["row"]} data-tone={bar.tone}>
          <span className={classes["name"]}>
            {bar.href === undefined ? bar.name : <Link to={bar.href}>{bar.name}</Link>}
            {bar.detail !== undefined && <small>{bar.detail}</small>}
          </span>
          <span className={classes["value"]}>{bar.shown}</span>
          {bar.more !== undefined && <span className={classes["more"]}>{bar.more}</span>}
          <span className={classes["track"]} aria-hidden>
            <span style={{ width: `${Math.max(0, Math.min(100, (bar.value / full) * 100))}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
