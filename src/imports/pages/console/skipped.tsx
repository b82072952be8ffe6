import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { FilterChip, FilterChips } from "#src/web/kit/filter-chips.tsx";
import { formatBytes, formatNumber } from "#src/web/kit/format.ts";
import { Pager } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { apiOf, type SkippedRow } from "./answers.ts";
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
  const { imports } = apiOf(context);
  const [page, row] = await Promise.all([imports.skipped(wanted), imports.get({ community, id })]);
  const items = page.items.map((one) => ({ ...one, why: reasonName(one.reason) }));
  const reasons = row.skipped.map((one) => ({ value: one.reason, label: reasonName(one.reason) }));
  return { row, items, next: page.next, reasons };
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
      href={`/api/communities/${community}/imports/${row.id}/skipped.csv`}
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

function Raw({ row }: { row: SkippedRow & { why: string } }) {
  const reader = useReader();
  const place = { position: formatNumber(row.position, reader), size: formatBytes(row.bytes, reader) };
  return (
    <li className={classes["raw"]}>
      <h2>{row.why}</h2>
      <p>{m.imports_page_position(place)}</p>
      {row.raw !== "" && (
        <pre aria-label={m.imports_page_raw()} dir="ltr">
          {visible(row.raw)}
        </pre>
      )}
    </li>
  );
}
