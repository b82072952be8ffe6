import { Alert, Button } from "@mantine/core";
import { useState } from "react";
import { useFetcher, useParams } from "react-router";
import { m } from "#words";
import { BarList } from "#src/web/kit/bar-list.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { FigureRow } from "#src/web/kit/figure-tile.tsx";
import { formatDateShort, formatNumber } from "#src/web/kit/format.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { messageKinds } from "#src/platforms/model.ts";
import type { ShownImport } from "./import.tsx";
import { numbersOnly } from "./numbers-only.ts";
import classes from "./report.module.css";
import { kindName } from "./words-of.ts";

/** What became of everything in a file: stored, known already, put aside; nothing is left unsaid. */
export function ImportReport({ row }: { row: ShownImport }) {
  return (
    <>
      {row.status === "withdrawn" && <SectionHeader title={m.imports_page_undone_report()} />}
      <Figures row={row} />
      {row.cutOff && (
        <Alert color="warning" variant="light" mb="lg">
          {m.imports_page_cut_off()}
        </Alert>
      )}
      {row.counts.repaired > 0 && (
        <p className={classes["note"]}>{m.imports_page_repaired({ count: row.counts.repaired })}</p>
      )}
      <div className={classes["two"]}>
        <Kinds row={row} />
        <Spaces row={row} />
        <Skipped row={row} />
        <Names
          topic={m.imports_page_passed_topic()}
          title={m.imports_page_passed_title()}
          rows={row.passedOver.map(({ what, count }) => ({ name: what, count }))}
          note={m.imports_page_passed_note()}
        />
        <Names
          topic={m.imports_page_unknown_topic()}
          title={m.imports_page_unknown_title()}
          rows={row.unknownFields.map(({ path, count }) => ({ name: path, count }))}
          note={m.imports_page_unknown_note()}
        />
      </div>
    </>
  );
}

function Figures({ row }: { row: ShownImport }) {
  const reader = useReader();
  const { community } = useParams();
  const { counts } = row;
  const number = (value: number) => formatNumber(value, reader);
  const ofMessages = [
    { label: m.imports_page_stored(), value: number(counts.stored) },
    { label: m.imports_page_people(), value: number(counts.newMembers) },
    { label: m.imports_page_moves(), value: number(counts.moves) },
    { label: m.imports_page_repeated(), value: number(counts.repeated) },
    { label: m.imports_page_updated(), value: number(counts.updated) },
  ];
  const tiles = [
    ...(counts.numbers > 0 ? [{ label: m.imports_numbers_count(), value: number(counts.numbers) }] : []),
    ...(numbersOnly(row) ? [] : ofMessages),
    {
      label: m.imports_page_skipped(),
      value: number(counts.skipped),
      ...(counts.skipped > 0 && { href: `/console/${community}/imports/${row.id}/skipped` }),
    },
  ];
  return (
    <div className={classes["figures"]}>
      <FigureRow label={m.imports_page_report()} figures={tiles} />
    </div>
  );
}

function Kinds({ row }: { row: ShownImport }) {
  const reader = useReader();
  const kinds = messageKinds
    .map((kind) => ({ kind, count: row.byKind[kind] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  if (kinds.length === 0) return null;
  const bars = kinds.map(({ kind, count }) => ({
    key: kind,
    name: kindName(kind),
    value: count,
    shown: formatNumber(count, reader),
  }));
  return (
    <section>
      <SectionHeader topic={m.imports_page_kinds_topic()} title={m.imports_page_kinds()} />
      <BarList label={m.imports_page_kinds()} bars={bars} />
    </section>
  );
}

/** As many spaces as kinds and reasons stand beside them; the others come on request. */
const FIRST_SPACES = 12;

function Spaces({ row }: { row: ShownImport }) {
  const reader = useReader();
  const [isWhole, setWhole] = useState(false);
  const listed = isWhole ? row.spaces : row.spaces.slice(0, FIRST_SPACES);
  const bars = listed.map(({ id, name, stored }) => ({
    key: id,
    name: <bdi>{name}</bdi>,
    value: stored,
    shown: formatNumber(stored, reader),
  }));
  if (row.spaces.length === 0) return null;
  const [from, to] = [row.firstAt, row.lastAt].map((at) => at && formatDateShort(Date.parse(at), reader));
  return (
    <section>
      <SectionHeader
        topic={m.imports_page_spaces_topic()}
        title={
          from && to ? m.imports_page_period({ from, to }) : m.imports_page_spaces_title({ count: row.spaceCount })
        }
      />
      <BarList label={m.imports_page_spaces_topic()} bars={bars} />
      {listed.length < row.spaces.length && (
        <Button variant="default" size="compact-sm" mt={12} onClick={() => setWhole(true)}>
          {m.imports_page_spaces_all({ count: row.spaces.length })}
        </Button>
      )}
    </section>
  );
}

function Skipped({ row }: { row: ShownImport }) {
  const reader = useReader();
  const { community } = useParams();
  if (row.skipped.length === 0) return null;
  const base = `/console/${community}/imports/${row.id}/skipped`;
  const bars = row.skipped.map(({ reason, name, count }) => ({
    key: reason,
    name,
    value: count,
    shown: formatNumber(count, reader),
    href: `${base}?reason=${encodeURIComponent(reason)}`,
  }));
  return (
    <section>
      <SectionHeader
        topic={m.imports_page_skipped_topic()}
        title={m.imports_page_skipped_title({ count: row.counts.skipped })}
      />
      <BarList label={m.imports_page_skipped_topic()} bars={bars} />
      <p className={classes["note"]}>
        <a href={`/api/v1/communities/${community}/imports/${row.id}/skipped.csv`}>{m.imports_page_skipped_csv()}</a>
      </p>
      {row.status === "done" && <TryAgain row={row} />}
    </section>
  );
}

/** What was put aside may be understood by a newer version; where the file is gone it can be brought again. */
function TryAgain({ row }: { row: ShownImport }) {
  const fetcher = useFetcher<unknown>();
  if (!row.mayTryAgain) return <p className={classes["note"]}>{m.imports_page_again_gone()}</p>;
  return (
    <fetcher.Form method="post">
      <p className={classes["note"]}>{m.imports_page_again_text()}</p>
      <Button
        type="submit"
        name="do"
        value="again"
        variant="default"
        size="compact-sm"
        mt={8}
        loading={fetcher.state !== "idle"}
      >
        {m.imports_page_again()}
      </Button>
      {isFailure(fetcher.data) && <p role="alert">{fetcher.data.message}</p>}
    </fetcher.Form>
  );
}

function Names(props: { topic: string; title: string; rows: { name: string; count: number }[]; note: string }) {
  const reader = useReader();
  if (props.rows.length === 0) return null;
  return (
    <section>
      <SectionHeader topic={props.topic} title={props.title} />
      <ul className={classes["fields"]}>
        {props.rows.map(({ name, count }) => (
          <li key={name}>
            <code>{name}</code>
            <span>{formatNumber(count, reader)}</span>
          </li>
        ))}
      </ul>
      <p className={classes["note"]}>{props.note}</p>
    </section>
  );
}
