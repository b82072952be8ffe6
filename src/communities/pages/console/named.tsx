import type { ReactNode } from "react";
import classes from "./log.module.css";

/** A thing by the name a person knows it under, and small below it the name by which it is found in logs and the API. */
export function Named({ name, technical, children }: { name: string; technical: string; children?: ReactNode }) {
  return (
    <div className={classes["named"]}>
      {name}
      {children !== undefined && <div className={classes["fine"]}>{children}</div>}
      <code className={classes["code"]}>{technical}</code>
    </div>
  );
}
