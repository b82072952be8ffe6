import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { FilterChip, FilterChips } from "#src/web/kit/filter-chips.tsx";
import { formatBytes, formatNumber } from "#src/web/kit/format.ts";
import { Pager } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import type { Import } from "../../model.ts";
import { visible } from "./raw-text.ts";
import classes from "./report.module.css";
import { reasonName } from "./sentences.ts";

export const meta = () => [{ title: `${m.imports_page_skipped_page()} · Veche` }];

/** How many are shown on one page: enough to see a pattern. All of them are in the file to download. */
const PAGE_ROWS = 100;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { community = "", import: id = "" } = params;
  const query = new URL(request.url).searchParams;
  const [reason, after] = [query.get("reason"), query.get("after")];
  const wanted = { community, id, limit: PAGE_ROWS, ...(reason && { reason }), ...(after && { after }) };
  const { imports } = context.get(visitContext).api;
  const [page, row] = await Promise.all([imports.skipped(wanted), imports.get({ community, id })]);
  const kept = page.items.map((one) => ({ ...one, why: reasonName(one.reason) }));
  const items = kept.length > 0 || after !== null ? kept : placesOf(row, reason);
  const reasons = row.skipped.map((one) => ({ value: one.reason, label: reasonName(one.reason) }));
  return { row, items, next: page.next, reasons };
}

/** What a page shows of something that was put aside. Pieces of which nothing is kept have only their place. */
interface Shown {
  id: string;
  why: string;
  position: number;
  number?: number;
  bytes?: number;
  raw?: string;
}

function placesOf(row: Import, reason: string | null): Shown[] {
  const wanted = row.skipped.filter((one) => reason === null || one.reason === reason);
  return wanted.flatMap((one) =>
    one.first.map(({ offset, number }) => ({
      id: `${one.reason}-${offset}`,
      why: reasonName(one.reason),
      position: offset,
      number,
    })),
  );
}

/** What could not be taken from a file: why, where it stands, and its bytes as they came. */
export default function SkippedPage() {
  const { row, items, next, reasons } = useLoaderData<typeof loader>();
  const { community } = useParams();
  const { read, change, href } = useQuery();
  const save = (
    <Button
      component="a"
      variant="default"
      href={`/api/v1/communities/${community}/imports/${row.id}/skipped.csv`}
      leftSection={<IconDownload size={18} stroke={1.7} aria-hidden />}
    >
      {m.imports_page_skipped_csv()}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={m.imports_page_skipped_page()}
        lead={m.imports_page_skipped_lead({ name: row.fileName })}
        action={row.counts.skipped > 0 ? save : undefined}
      />
      {reasons.length > 1 && (
        <FilterChips>
          <FilterChip
            label={m.imports_page_reason()}
            value={read("reason")}
            options={reasons}
            onChange={(reason) => change({ reason })}
          />
        </FilterChips>
      )}
      {items.length === 0 ? (
        <EmptyState title={m.imports_page_skipped_none()} text={m.imports_page_skipped_none_text()} />
      ) : (
        <ol className={classes["rows"]}>
          {items.map((one) => (
            <Raw key={one.id} row={one} />
          ))}
        </ol>
      )}
      <Pager next={next === null ? undefined : href({ after: next })} />
    </>
  );
}

function Raw({ row }: { row: Shown }) {
  const reader = useReader();
  const position = formatNumber(row.position, reader);
  const place =
    row.number === undefined
      ? m.imports_page_position({ position, size: formatBytes(row.bytes ?? 0, reader) })
      : m.imports_page_place({ position, number: formatNumber(row.number, reader) });
  return (
    <li className={classes["raw"]}>
      <h2>{row.why}</h2>
      <p>{place}</p>
      {row.raw !== undefined && row.raw !== "" && (
        <pre aria-label={m.imports_page_raw()} dir="ltr">
          {visible(row.raw)}
        </pre>
      )}
    </li>
  );
}
