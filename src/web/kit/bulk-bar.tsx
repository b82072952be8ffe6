import { CloseButton } from "@mantine/core";
import type { ReactNode } from "react";
import { m } from "#words";
import classes from "./bulk-bar.module.css";
import type { Selection } from "./selection.ts";

/** What can be done with the ticked rows, at the bottom of the screen; absent while nothing is ticked. */
export function BulkBar({ selection, children }: { selection: Selection; children: ReactNode }) {
  if (selection.keys.length === 0) return null;
  return (
    <div className={classes["bar"]} role="region" aria-label={m.web_bulk()}>
      <span role="status">{m.web_selected({ count: selection.keys.length })}</span>
      <div className={classes["actions"]}>{children}</div>
      <CloseButton aria-label={m.web_clear_selection()} onClick={() => selection.set([])} />
    </div>
  );
}
