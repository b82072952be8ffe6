import { m } from "#words";
import { formatDateShort, formatNumber, type Reader } from "#src/web/kit/format.ts";
import type { Column } from "#src/web/kit/list-table.tsx";
import type { MemberRow, MemberSort } from "../../model.ts";
import { MemberName } from "./member-name.tsx";

/** What the columns of the list need to know. */
export interface ColumnSetting {
  readonly reader: Reader;
  readonly sort: MemberSort;
  /** The address of the list in another order. */
  readonly sortHref: (sort: MemberSort) => string;
}

/** The columns of the list: who, how much, since when. */
export function columnsFor({ reader, sort, sortHref }: ColumnSetting): Column<MemberRow>[] {
  const sorted = (by: MemberSort, direction: "ascending" | "descending") => ({
    href: sortHref(by),
    now: sort === by ? direction : ("none" as const),
  });
  return [
    {
      key: "name",
      title: m.members_column_name(),
      cell: (row) => <MemberName {...row} />,
      sort: sorted("name", "ascending"),
    },
    {
      key: "messages",
      title: m.members_column_messages(),
      align: "right",
      cell: (row) => formatNumber(row.messages, reader),
      sort: sorted("messages", "descending"),
    },
    {
      key: "days",
      title: m.members_column_active_days(),
      align: "right",
      wide: true,
      cell: (row) => formatNumber(row.activeDays, reader),
    },
    {
      key: "last",
      title: m.members_column_last_active(),
      align: "right",
      wide: true,
      cell: (row) =>
        row.lastActiveAt === null ? (
          <span style={{ color: "var(--v-dim)" }}>{m.members_never_wrote()}</span>
        ) : (
          formatDateShort(Date.parse(row.lastActiveAt), reader)
        ),
      sort: sorted("last-active", "descending"),
    },
    {
      key: "first",
      title: m.members_column_first_seen(),
      align: "right",
      wide: true,
      cell: (row) => formatDateShort(Date.parse(row.firstSeenAt), reader),
      sort: sorted("newest", "descending"),
    },
  ];
}
