import type { ReactNode } from "react";
import classes from "./part.module.css";

/** A part of a page with air around it; `narrow` keeps forms and text to a width that reads well. */
export function Part({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return (
    <section className={classes["part"]} data-narrow={narrow || undefined}>
      {children}
    </section>
  );
}

/** Parts side by side, one under another where there is no room. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={classes["columns"]}>{children}</div>;
}
