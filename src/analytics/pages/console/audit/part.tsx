import type { ReactNode } from "react";
import classes from "./part.module.css";

/** A part of the report: its picture, and beside it the figures that belong to it. */
export function Part({ id, children, aside }: { id: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <div className={classes["part"]} id={id} data-alone={aside === undefined || undefined}>
      <div className={classes["main"]}>{children}</div>
      {aside !== undefined && <div className={classes["aside"]}>{aside}</div>}
    </div>
  );
}

/** Two parts of equal rank side by side. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={classes["pair"]}>{children}</div>;
}

/** A few quiet words in the place of a picture that cannot be drawn. */
export function Unknown({ children }: { children: ReactNode }) {
  return <p className={classes["unknown"]}>{children}</p>;
}
