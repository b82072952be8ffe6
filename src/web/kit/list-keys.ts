import { type RefObject, useEffect, useRef } from "react";
import type { Selection } from "./selection.ts";

/** Whether a key press belongs to a field or a menu, and so not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input:not([type=checkbox]), textarea, select, [role=menu], [role=listbox]") !== null
  );
}

/** Walks a list by keyboard: `j` down, `k` up, `x` ticks the row under the cursor. Rows are found by their links (`data-row-link`). */
export function useListKeys(selection: Selection | undefined): RefObject<HTMLTableSectionElement | null> {
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (body.current === null || isTyping(event)) return;
      const rows = [...body.current.querySelectorAll<HTMLTableRowElement>("tr[data-key]")];
      const place = rows.findIndex((row) => row.contains(document.activeElement));
      const step = { j: 1, k: -1 }[event.key];
      if (step !== undefined) focusRow(rows[Math.max(0, Math.min(rows.length - 1, place + step))]);
      const key = rows[place]?.dataset["key"];
      if (event.key === "x" && key !== undefined) selection?.toggle(key);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [selection]);
  return body;
}

function focusRow(row: HTMLTableRowElement | undefined): void {
  // The link first: from it Enter opens the row. Lists that open nothing have but their ticks.
  const target =
    row?.querySelector<HTMLElement>("[data-row-link]") ?? row?.querySelector<HTMLElement>("input, button, a");
  target?.focus();
  row?.scrollIntoView({ block: "nearest" });
}
