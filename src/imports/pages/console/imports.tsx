import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatBytes, formatMoment, formatNumber, formatPercent, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import type { Import } from "../../model.ts";
import { ExportSteps } from "./export-steps.tsx";
import { numbersOnly } from "./numbers-only.ts";
import { isUnderWay, StatusTag } from "./status.tsx";
import { useFreshness } from "./use-freshness.ts";
import { formatName } from "./words-of.ts";

export const meta = () => [{ title: `${m.imports_page_title()} · Veche` }];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get("after") ?? undefined;
  const community = params["community"] ?? "";
  return context.get(visitContext).api.imports.list({ community, limit: 50, ...(after !== undefined && { after }) });
}

/** Every file that was brought in: what became of it, when, by whom. */
export default function ImportsPage() {
  const { items: rows, next } = useLoaderData<typeof loader>();
  const { community } = useParams();
  const reader = useReader();
  useFreshness(rows.some((row) => isUnderWay(row.status)));
  const start = (
    <Button component={Link} to="new" leftSection={<IconFileImport size={18} stroke={1.7} aria-hidden />}>
      {m.imports_page_new()}
    </Button>
  );
  if (rows.length === 0) return <NothingYet action={start} />;
  return (
    <>
      <PageHeader title={m.imports_page_title()} lead={m.imports_page_lead()} action={start} />
      <ListTable
        label={m.imports_page_title()}
        columns={columnsFor(reader)}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => row.fileName}
        rowHref={(row) => `/console/${community}/imports/${row.id}`}
        empty={null}
        next={next === null ? undefined : `?after=${encodeURIComponent(next)}`}
      />
    </>
  );
}

function NothingYet({ action }: { action: React.ReactNode }) {
  return (
    <>
      <PageHeader title={m.imports_page_title()} lead={m.imports_page_lead()} />
      <EmptyState
        icon={<IconFileImport size={24} stroke={1.6} aria-hidden />}
        title={m.imports_page_empty_title()}
        text={m.imports_page_empty_text()}
        action={action}
      />
      <ExportSteps />
    </>
  );
}

function columnsFor(reader: Reader): Column<Import>[] {
  return [
    {
      key: "file",
      title: m.imports_page_column_file(),
      cell: (row) => (
        <>
          <bdi>{row.fileName}</bdi>
          <br />
          <small style={{ color: "var(--v-dim)", fontWeight: 400 }}>
            {formatName(row.format)}, {formatBytes(row.fileBytes, reader)}
          </small>
        </>
      ),
    },
    { key: "status", title: m.imports_page_column_status(), cell: (row) => <StatusCell row={row} /> },
    {
      key: "stored",
      title: m.imports_page_column_brought(),
      align: "right",
      cell: (row) => <Brought row={row} />,
    },
    {
      key: "skipped",
      title: m.imports_page_column_skipped(),
      align: "right",
      wide: true,
      cell: (row) => formatNumber(row.counts.skipped, reader),
    },
    {
      key: "when",
      title: m.imports_page_column_when(),
      wide: true,
      cell: (row) => formatMoment(Date.parse(row.createdAt), reader),
    },
    {
      key: "who",
      title: m.imports_page_column_who(),
      wide: true,
      cell: (row) => <bdi>{row.startedBy?.name ?? m.imports_page_by_machine()}</bdi>,
    },
  ];
}

function StatusCell({ row }: { row: Import }) {
  const reader = useReader();
  return (
    <>
      <StatusTag status={row.status} />
      {row.status === "running" && row.fileBytes > 0 && (
        <small style={{ marginInlineStart: 8 }}>{formatPercent(row.readBytes / row.fileBytes, reader, 0)}</small>
      )}
    </>
  );
}

/** What an import brought; of an undone one nothing is here any more, so its figure is struck out. */
function Brought({ row }: { row: Import }) {
  const { numbers, stored } = row.counts;
  const text = numbersOnly(row)
    ? m.imports_page_brought_numbers({ count: numbers })
    : m.imports_page_brought_messages({ count: stored });
  // May take two lines: on a phone the name of the file needs the room.
  const wraps = { whiteSpace: "normal" } as const;
  return row.status === "withdrawn" ? (
    <s style={{ ...wraps, color: "var(--v-dim)" }}>{text}</s>
  ) : (
    <span style={wraps}>{text}</span>
  );
}
