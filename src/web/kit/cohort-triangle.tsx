import classes from "./cohort-triangle.module.css";
import { formatNumber, formatPercent } from "./format.ts";
import { useReader } from "./reader.ts";

/** People who came in the same month (or week), and what share of them was seen in each following one. */
export interface Cohort {
  name: string;
  size: number;
  /** Shares from 0 to 1; undefined where time has not got there yet. */
  shares: readonly (number | undefined)[];
  href?: string;
}

/** Cohorts as a triangle of shares: the darker, the more came back. */
export function CohortTriangle(props: {
  label: string;
  cohorts: readonly Cohort[];
  columns: readonly string[];
  words: { cohort: string; size: string };
}) {
  const reader = useReader();
  const top = Math.max(
    0.01,
    ...props.cohorts.flatMap((cohort) => cohort.shares.slice(1).filter((share) => share !== undefined)),
  );
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes["scroll"]} tabIndex={0} role="region" aria-label={props.label}>
      <table className={classes["triangle"]}>
        <thead>
          <tr>
            <th scope="col">{props.words.cohort}</th>
            <th scope="col">{props.words.size}</th>
            {props.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.cohorts.map((cohort) => (
            <tr key={cohort.name}>
              <th scope="row">{cohort.name}</th>
              <td>{formatNumber(cohort.size, reader, 0)}</td>
              {props.columns.map((column, place) => (
                <ShareCell key={column} share={cohort.shares[place]} top={top} text={percent(cohort, place)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function percent({ shares, size }: Cohort, place: number): string {
    const share = shares[place];
    if (share === undefined) return "";
    // A tenth of a percent of a few dozen people is less than a person.
    return formatPercent(share, reader, size >= 200 && share > 0 && share < 0.1 ? 1 : 0);
  }
}

function ShareCell({ share, top, text }: { share: number | undefined; top: number; text: string }) {
  if (share === undefined) return <td aria-hidden />;
  const strength = Math.min(1, share / top);
  // Up to 45 % of the colour keeps dark text readable in both themes.
  return (
    <td
      style={{ background: `color-mix(in srgb, var(--v-series-1) ${Math.round(4 + strength * 36)}%, var(--v-paper))` }}
    >
      {text}
    </td>
  );
}
