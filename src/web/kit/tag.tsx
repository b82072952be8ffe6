import type { ReactNode } from "react";
import classes from "./tag.module.css";

/** A word beside a name: a role, a state. Quiet unless its tone says otherwise. */
export function Tag({
  children,
  tone = "quiet",
}: {
  children: ReactNode;
  tone?: "quiet" | "good" | "warning" | "bad" | "accent";
}) {
  return (
    <span className={classes["tag"]} data-tone={tone}>
      {children}
    </span>
  );
}
