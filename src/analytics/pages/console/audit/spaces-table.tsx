import { UnstyledButton } from "@mantine/core";
import { m } from "#words";
import { changedQuery } from "#src/web/kit/address.ts";
import { formatNumber, formatRelativeChange, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import { NO_VALUE, shareText, waitText } from "./figure-text.ts";
import { shownName } from "./named.ts";
import { changeOf, columnsOf, type SpaceColumn, type SpaceRow, type SpaceTable } from "./spaces-rows.ts";
import figures from "./figures-table.module.css";
import classes from "./spaces.module.css";

interface TableProps {
  readonly rows: readonly SpaceRow[];
  readonly table: SpaceTable;
  readonly onChange: (table: SpaceTable) => void;
}

/** Spaces side by side. A column's title sorts by it; a space's name opens the audit of that space alone. */
export function SpacesTable({ rows, table, onChange }: TableProps) {
  const reader = useReader();
  const view = useAudit();
  const columns = columnsOf(view.audit);
  const most = Math.max(1, ...view.audit.spacesCompared.map(({ messages }) => messages));
  return (
    <div className={classes["scroll"]}>
      <table className={`${figures["table"]} ${classes["table"]}`} aria-label={m.analytics_page_compared()}>
        <thead>
          <tr>
            {columns.map((column) => (
              <SortHead key={column} column={column} table={table} onChange={onChange} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.space.id}>
              <th scope="row">
                <AuditLink to={`${view.base}${changedQuery(view.query, { spaces: row.space.id })}`}>
                  {shownName(row.space)}
                </AuditLink>
                <span className={figures["track"]} aria-hidden>
                  <span style={{ width: `${(row.messages / most) * 100}%` }} />
                </span>
              </th>
              {cellsOf(row, reader)
                .filter(([column]) => columns.includes(column))
                .map(([column, text]) => (
                  <td key={column} data-column={column}>
                    {text}
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(column: SpaceColumn): string {
  return {
    name: m.analytics_page_space,
    messages: m.analytics_page_messages,
    members: m.analytics_page_space_members,
    change: m.analytics_page_space_change,
    questions: m.analytics_page_space_questions,
    answered: m.analytics_page_space_answered,
    wait: m.analytics_page_space_wait,
  }[column]();
}

function SortHead(props: Omit<TableProps, "rows"> & { column: SpaceColumn }) {
  const { column, table, onChange } = props;
  const sorted = table.column === column;
  const arrow = table.descending ? " ↓" : " ↑";
  const order = table.descending ? "descending" : "ascending";
  // Names read from A; of numbers the largest come first.
  const descending = sorted ? !table.descending : column !== "name";
  return (
    <th scope="col" data-column={column} aria-sort={sorted ? order : "none"}>
      <UnstyledButton
        className={classes["sort"]}
        data-sorted={sorted || undefined}
        onClick={() => onChange({ ...table, column, descending, page: 0 })}
      >
        {nameOf(column)}
        <span aria-hidden>{sorted ? arrow : ""}</span>
      </UnstyledButton>
    </th>
  );
}

function cellsOf(row: SpaceRow, reader: Reader): [SpaceColumn, string][] {
  const change = changeOf(row);
  const changed =
    change === undefined ? undefined : formatRelativeChange(row.messages, row.before?.messages ?? 0, reader);
  return [
    ["messages", formatNumber(row.messages, reader, 0)],
    ["members", formatNumber(row.members, reader, 0)],
    ["change", changed ?? NO_VALUE],
    ["questions", formatNumber(row.questions, reader, 0)],
    ["answered", row.answeredShare === undefined ? NO_VALUE : shareText(row.answeredShare, reader)],
    ["wait", row.medianAnswer === undefined ? NO_VALUE : waitText(row.medianAnswer, reader)],
  ];
}
