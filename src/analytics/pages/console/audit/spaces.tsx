import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { m } from "#words";
import { Definition } from "#src/web/kit/definition.tsx";
import { saveCsv } from "#src/web/kit/download.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { useAudit } from "./audit-context.ts";
import { definitionOf } from "./figure-definition.ts";
import { Part } from "./part.tsx";
import { SPACES_A_PAGE, type SpaceRow, type SpaceTable, sortedSpaces } from "./spaces-rows.ts";
import { SpacesTable } from "./spaces-table.tsx";
import classes from "./spaces.module.css";
import { spacesTitle } from "./titles.ts";

const first: SpaceTable = { search: "", column: "messages", descending: true, page: 0 };

/** How do the spaces differ? One row each, to search, sort and leaf through, however many there are. */
export function Spaces() {
  const view = useAudit();
  const reader = useReader();
  const [table, setTable] = useState(first);
  const rows = view.audit.spacesCompared;
  if (rows.length < 2) return null;
  const sorted = sortedSpaces(rows, table);
  const definition = definitionOf(view, "spaces-compared");
  const start = table.page * SPACES_A_PAGE;
  return (
    <Part id="spaces">
      <section aria-label={m.analytics_page_compared()}>
        <SectionHeader
          topic={m.analytics_page_compared()}
          title={spacesTitle(view.audit, reader)}
          aside={definition === undefined ? undefined : <Definition {...definition} />}
        />
        {rows.length > SPACES_A_PAGE && (
          <TextInput
            className="v-no-print"
            type="search"
            my={8}
            w={{ base: "100%", sm: 280 }}
            aria-label={m.analytics_page_find_space()}
            placeholder={m.analytics_page_find_space()}
            leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
            value={table.search}
            onChange={(event) => setTable({ ...table, search: event.currentTarget.value, page: 0 })}
          />
        )}
        <SpacesTable rows={sorted.slice(start, start + SPACES_A_PAGE)} table={table} onChange={setTable} />
        {sorted.length === 0 && <p className={classes["none"]}>{m.analytics_page_no_such_space()}</p>}
        <div className={`${classes["foot"]} v-no-print`}>
          <Leaf table={table} total={sorted.length} onChange={setTable} />
          <Button variant="subtle" size="compact-sm" onClick={() => saveCsv(csvOf(sorted), "spaces")}>
            {m.web_chart_csv()}
          </Button>
        </div>
      </section>
    </Part>
  );
}

function Leaf(props: { table: SpaceTable; total: number; onChange: (table: SpaceTable) => void }) {
  const { table, total } = props;
  if (total <= SPACES_A_PAGE) return <span />;
  const from = table.page * SPACES_A_PAGE + 1;
  const to = Math.min(total, from + SPACES_A_PAGE - 1);
  const go = (page: number) => props.onChange({ ...table, page });
  return (
    <span className={classes["leaf"]}>
      <Button variant="default" size="compact-sm" disabled={table.page === 0} onClick={() => go(table.page - 1)}>
        {m.analytics_page_previous()}
      </Button>
      <span role="status">{m.analytics_page_rows_shown({ from, to, total })}</span>
      <Button variant="default" size="compact-sm" disabled={to >= total} onClick={() => go(table.page + 1)}>
        {m.analytics_page_next()}
      </Button>
    </span>
  );
}

function csvOf(rows: readonly SpaceRow[]) {
  return {
    columns: [
      "space",
      "messages",
      "members",
      "messages_before",
      "questions",
      "answered_share",
      "median_answer_seconds",
    ],
    rows: rows.map(({ space, messages, members, before, questions, answeredShare, medianAnswer }) => [
      space.name,
      messages,
      members,
      before?.messages ?? "",
      questions,
      answeredShare ?? "",
      medianAnswer ?? "",
    ]),
  };
}
