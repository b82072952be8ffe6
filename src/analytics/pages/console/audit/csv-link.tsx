import { m } from "#words";
import type { TableName } from "../../../model.ts";
import { tableHref, useAudit } from "./audit-context.ts";
import classes from "./part.module.css";

/** Takes a whole table along as CSV; `of` names it for whoever cannot see what stands beside the link. */
export function CsvLink({ table, of }: { table: TableName; of: string }) {
  const view = useAudit();
  if (view.isShared) return null;
  return (
    <a className={`${classes["csv"]} v-no-print`} href={tableHref(view, table)} download>
      {m.web_chart_csv()}
      <span className="v-hidden">: {of}</span>
    </a>
  );
}
