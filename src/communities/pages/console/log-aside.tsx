import { useFetcher } from "react-router";
import { m } from "#words";
import { formatBytes, formatMoment, formatNumber, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { RowDeeds, TryAgain } from "#src/web/kit/row-deeds.tsx";
import type { Aside } from "./log.tsx";
import classes from "./log.module.css";
import { failureName } from "./log-words.ts";
import { Named } from "./named.tsx";

/** What platforms brought and could not be taken in: tried again or dropped. */
export function AsidePart({ items, next }: { items: readonly Aside[]; next: string | null }) {
  const reader = useReader();
  return (
    <Part>
      <SectionHeader title={m.communities_page_log_aside()} />
      <ListTable
        label={m.communities_page_log_aside()}
        columns={columnsFor(reader)}
        rows={items}
        rowKey={({ id }) => id}
        empty={<p className={classes["fine"]}>{m.communities_page_log_aside_fine()}</p>}
        next={next === null ? undefined : `?aside=${encodeURIComponent(next)}`}
      />
    </Part>
  );
}

function columnsFor(reader: Reader): Column<Aside>[] {
  return [
    {
      key: "from",
      title: m.communities_page_log_aside_what(),
      cell: (aside) => (
        <>
          <Named name={aside.connection} technical={aside.error}>
            {failureName(aside.error)}
          </Named>
          <div className={classes["phone"]}>
            <Deeds aside={aside} justify="flex-start" />
          </div>
        </>
      ),
    },
    {
      key: "size",
      title: m.communities_page_log_aside_size(),
      align: "right",
      wide: true,
      cell: ({ size }) => formatBytes(size, reader),
    },
    {
      key: "attempts",
      title: m.communities_page_log_attempts(),
      align: "right",
      wide: true,
      cell: ({ attempts }) => formatNumber(attempts, reader),
    },
    {
      key: "at",
      title: m.communities_page_log_came(),
      wide: true,
      short: true,
      cell: ({ receivedAt }) => formatMoment(Date.parse(receivedAt), reader),
    },
    {
      key: "deeds",
      title: "",
      align: "right",
      wide: true,
      cell: (aside) => <Deeds aside={aside} justify="flex-end" />,
    },
  ];
}

function Deeds({ aside: { id, isCut }, justify }: { aside: Aside; justify: "flex-start" | "flex-end" }) {
  const fetcher = useFetcher<unknown>();
  const send = (deed: string) => void fetcher.submit({ deed, delivery: id }, { method: "post" });
  const letGo = {
    title: m.communities_page_log_drop_title(),
    text: m.communities_page_log_drop_text(),
    confirm: m.communities_page_log_drop(),
    onConfirm: () => send("drop"),
  };
  return (
    <RowDeeds justify={justify} answer={fetcher.data} letGo={letGo}>
      {!isCut && <TryAgain isBusy={fetcher.state !== "idle"} onClick={() => send("retry")} />}
    </RowDeeds>
  );
}
