import { Checkbox } from "@mantine/core";
import { IconArrowLeft, IconArrowRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useNavigation } from "react-router";
import { m } from "#words";
import { useListKeys } from "./list-keys.ts";
import classes from "./list-table.module.css";
import type { Selection } from "./selection.ts";

/** A column of a list. On a phone a column marked `wide` is left out. */
export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right";
  width?: string;
  wide?: boolean;
  /** Read at one glance, such as a date: never over two lines where there is room. */
  short?: boolean;
  /** Where the title leads when the list can be sorted by this column, and how it is sorted now. */
  sort?: { href: string; now: "ascending" | "descending" | "none" };
}

export interface ListTableProps<Row> {
  /** What the list holds, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads: usually the same address with `?open=key`, which draws a side panel. */
  rowHref?: (row: Row) => string;
  /** On a phone each row is a block, a line for each cell: for rows with sentences or several buttons. */
  stacks?: boolean;
  /** The row whose panel is open. */
  openKey?: string | undefined;
  selection?: Selection;
  /** How a screen reader calls a row, for its checkbox. */
  rowName?: (row: Row) => string;
  /** Shown in place of an empty list. */
  empty: ReactNode;
  /** Addresses of the pages before and after, where there are such. */
  previous?: string | undefined;
  next?: string | undefined;
}

/**
 * A list as a table: a click on a row opens it, `j` and `k` walk, `x` selects, Enter opens.
 * While the next page loads, this one stays, dimmed.
 */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const busy = useNavigation().state === "loading";
  const body = useListKeys(props.selection);
  if (props.rows.length === 0) return <>{props.empty}</>;
  return (
    <>
      <div className={classes["scroll"]}>
        <table className={classes["table"]} aria-label={props.label} aria-busy={busy} data-stacks={props.stacks}>
          <thead>
            <tr>
              {props.selection !== undefined && (
                <SelectAll rows={props.rows.map(props.rowKey)} selection={props.selection} />
              )}
              {props.columns.map((column) => (
                <HeadCell key={column.key} column={column} />
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {props.rows.map((row) => (
              <ListRow key={props.rowKey(row)} row={row} list={props} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager previous={props.previous} next={props.next} />
    </>
  );
}

function HeadCell<Row>({ column }: { column: Column<Row> }) {
  const { sort } = column;
  return (
    <th
      scope="col"
      style={{ width: column.width }}
      data-align={column.align}
      data-wide={column.wide}
      aria-sort={sort === undefined || sort.now === "none" ? undefined : sort.now}
    >
      {sort === undefined ? named(column.title) : <SortLink title={column.title} {...sort} />}
    </th>
  );
}

/** A column of buttons shows no name, but is told by one. */
function named(title: string): ReactNode {
  return title === "" ? <span className="v-hidden">{m.web_row_actions()}</span> : title;
}

function SortLink({ title, href, now }: { title: string; href: string; now: string }) {
  const arrow = now === "none" ? "" : now === "ascending" ? " ↑" : " ↓";
  return (
    <Link to={href} className={classes["sort"]} preventScrollReset>
      {title}
      <span aria-hidden>{arrow}</span>
    </Link>
  );
}

function SelectAll({ rows, selection }: { rows: string[]; selection: Selection }) {
  const chosen = rows.filter((key) => selection.has(key)).length;
  return (
    <th className={classes["tick"]}>
      <Checkbox
        size="xs"
        aria-label={m.web_select_all()}
        checked={chosen === rows.length}
        indeterminate={chosen > 0 && chosen < rows.length}
        onChange={() => selection.set(chosen === rows.length ? [] : rows)}
      />
    </th>
  );
}

function ListRow<Row>({ row, list }: { row: Row; list: ListTableProps<Row> }) {
  const key = list.rowKey(row);
  const name = list.rowName?.(row) ?? key;
  const { selection } = list;
  return (
    <tr data-key={key} data-open={key === list.openKey || undefined} data-selected={selection?.has(key) || undefined}>
      {selection !== undefined && (
        <td className={classes["tick"]}>
          <Checkbox
            size="xs"
            aria-label={m.web_select_row({ name })}
            checked={selection.has(key)}
            onChange={() => selection.toggle(key)}
          />
        </td>
      )}
      {list.columns.map((column, place) => {
        const href = place === 0 ? list.rowHref?.(row) : undefined;
        return (
          <td key={column.key} data-align={column.align} data-wide={column.wide} data-short={column.short}>
            {href === undefined ? (
              column.cell(row)
            ) : (
              <Link to={href} className={classes["open"]} data-row-link preventScrollReset>
                {column.cell(row)}
              </Link>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** Links to the pages around this one; nothing when there is but one. */
export function Pager({ previous, next }: { previous?: string | undefined; next?: string | undefined }) {
  if (previous === undefined && next === undefined) return null;
  return (
    <nav className={`${classes["pager"]} v-no-print`} aria-label={m.web_pages()}>
      {previous === undefined ? (
        <span />
      ) : (
        <Link to={previous}>
          <IconArrowLeft size={16} stroke={1.8} aria-hidden /> {m.web_previous_page()}
        </Link>
      )}
      {next === undefined ? (
        <span />
      ) : (
        <Link to={next}>
          {m.web_next_page()} <IconArrowRight size={16} stroke={1.8} aria-hidden />
        </Link>
      )}
    </nav>
  );
}
