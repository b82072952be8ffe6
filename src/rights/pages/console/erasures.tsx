import { IconEraser } from "@tabler/icons-react";
import { Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { formatMoment, formatNumber, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import type { Erasure } from "../../model.ts";
import { ErasureTag, isUnderWay, useErasureNews } from "./erasure-state.tsx";
import { RightsTabs } from "./rights-tabs.tsx";

export const meta = () => [{ title: `${m.rights_tab_erasures()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get("after");
  const ask = { community: params["community"] ?? "", limit: PAGE_SIZE, ...(after !== null && { after }) };
  return context.get(visitContext).api.rights.erasures(ask);
}

/** People who were erased, and how far it is. */
export default function ErasuresPage() {
  const { items, next } = useLoaderData<typeof loader>();
  const { community } = useParams();
  const { read, href } = useQuery();
  const reader = useReader();
  useErasureNews(items.some(isUnderWay));
  return (
    <>
      <PageHeader title={m.rights_title()} lead={m.rights_erasures_lead()} />
      <RightsTabs />
      <ListTable
        label={m.rights_tab_erasures()}
        columns={columnsFor(reader, community ?? "")}
        rows={items}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={<IconEraser size={24} stroke={1.6} aria-hidden />}
            title={m.rights_erasures_none()}
            text={m.rights_erasures_none_text()}
          />
        }
        next={next === null ? undefined : href({ after: next })}
        previous={read("after") === undefined ? undefined : href({ after: undefined })}
      />
    </>
  );
}

function columnsFor(reader: Reader, community: string): Column<Erasure>[] {
  return [
    {
      key: "member",
      title: m.rights_erasure_member(),
      cell: (row) => (
        <Link to={`/console/${community}/rights/person/${row.memberId}`} style={{ whiteSpace: "nowrap" }}>
          …{row.memberId.slice(-8)}
        </Link>
      ),
    },
    { key: "state", title: m.rights_state(), cell: (row) => <ErasureTag erasure={row} /> },
    {
      key: "asked",
      title: m.rights_erasure_asked(),
      wide: true,
      cell: (row) => formatMoment(Date.parse(row.askedAt), reader),
    },
    {
      key: "own",
      title: m.rights_erasure_own(),
      align: "right",
      cell: (row) => formatNumber(row.report.own, reader),
    },
    {
      key: "others",
      title: m.rights_erasure_others(),
      align: "right",
      wide: true,
      cell: (row) => formatNumber(row.report.others, reader),
    },
  ];
}
