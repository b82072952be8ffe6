import { m } from "#words";
import { formatDateShort, formatNumber, type Reader } from "#src/web/kit/format.ts";
import type { Column } from "#src/web/kit/list-table.tsx";
import type { MemberRow, MemberSort } from "../../model.ts";
import { Tag } from "#src/web/kit/tag.tsx";
import { type ColumnKey, columnKeys } from "./column-choice.ts";
import { MemberName } from "./member-name.tsx";
import { stageTone, stageWords, stepWord } from "./standing-words.ts";

/** What each column is called. */
export const columnWords: Record<ColumnKey, () => string> = {
  messages: m.members_column_messages,
  level: m.members_level,
  stage: m.members_stage,
  tags: m.members_tags,
  days: m.members_column_active_days,
  last: m.members_column_last_active,
  first: m.members_column_first_seen,
};

/** What the columns of the list need to know. */
export interface ColumnSetting {
  readonly reader: Reader;
  readonly sort: MemberSort;
  /** The address of the list in another order. */
  readonly sortHref: (sort: MemberSort) => string;
  /** The columns beside the name. */
  readonly shown: readonly ColumnKey[];
}

type Cells = Record<ColumnKey, Omit<Column<MemberRow>, "key" | "title">>;

function cellsFor({ reader, sort, sortHref }: ColumnSetting): Cells {
  const sorted = (by: MemberSort) => ({
    href: sortHref(by),
    now: sort === by ? ("descending" as const) : ("none" as const),
  });
  return {
    messages: { align: "right", cell: (row) => formatNumber(row.messages, reader), sort: sorted("messages") },
    level: { wide: true, cell: (row) => (row.step === null ? "" : stepWord(row.step)) },
    stage: {
      wide: true,
      cell: (row) => row.stage !== null && <Tag tone={stageTone(row.stage)}>{stageWords[row.stage]()}</Tag>,
    },
    tags: { wide: true, cell: (row) => <TagList row={row} /> },
    days: { align: "right", wide: true, cell: (row) => formatNumber(row.activeDays, reader) },
    last: {
      align: "right",
      wide: true,
      cell: (row) =>
        row.lastActiveAt === null ? (
          <span style={{ color: "var(--v-dim)" }}>{m.members_never_wrote()}</span>
        ) : (
          formatDateShort(Date.parse(row.lastActiveAt), reader)
        ),
      sort: sorted("last-active"),
    },
    first: {
      align: "right",
      wide: true,
      cell: (row) => formatDateShort(Date.parse(row.firstSeenAt), reader),
      sort: sorted("newest"),
    },
  };
}

function TagList({ row }: { row: MemberRow }) {
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4 }}>
      {row.tags.map((tag) => (
        <Tag key={tag.id}>{tag.name}</Tag>
      ))}
    </span>
  );
}

/** The columns of the list: who, and what the reader has chosen to see of them. */
export function columnsFor(setting: ColumnSetting): Column<MemberRow>[] {
  const { sort, sortHref, shown } = setting;
  const cells = cellsFor(setting);
  const name: Column<MemberRow> = {
    key: "name",
    title: m.members_column_name(),
    cell: (row) => <MemberName {...row} />,
    sort: { href: sortHref("name"), now: sort === "name" ? "ascending" : "none" },
  };
  return [
    name,
    ...columnKeys
      .filter((key) => shown.includes(key))
      .map((key) => ({ key, title: columnWords[key](), ...cells[key] })),
  ];
}
