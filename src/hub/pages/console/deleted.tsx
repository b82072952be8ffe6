import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { isFailure } from "#src/web/kit/failure.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { showDone, showFailure } from "#src/web/kit/toast.tsx";

export const meta = () => [{ title: `${m.hub_page_deleted()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const after = new URL(request.url).searchParams.get("after");
  const ask = { community: params["community"] ?? "", limit: PAGE_SIZE };
  return hub.moderation.deleted({ ...ask, ...(after !== null && { after }) });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const form = await request.formData();
  const place = { topic: Number(formText(form, "topic")), number: Number(formText(form, "number")) };
  return attempt(() => hub.moderation.restore({ community: params["community"] ?? "", ...place }));
}

type Deleted = Awaited<ReturnType<typeof loader>>["items"][number];

/** What was deleted in the hub: by whom, why, and the way back. */
export default function DeletedPage() {
  const { items, next } = useLoaderData<typeof loader>();
  const reader = useReader();
  return (
    <>
      <PageHeader title={m.hub_page_deleted()} lead={m.hub_page_deleted_lead()} />
      <Part>
        <ListTable
          label={m.hub_page_deleted()}
          columns={columnsFor(reader)}
          rows={items}
          rowKey={({ topic, number }) => `${topic} ${number}`}
          stacks
          empty={<EmptyState title={m.hub_page_deleted_empty()} text={m.hub_page_deleted_empty_text()} />}
          next={next === null ? undefined : `?after=${encodeURIComponent(next)}`}
        />
      </Part>
    </>
  );
}

function columnsFor(reader: Reader): Column<Deleted>[] {
  return [
    { key: "post", title: m.hub_page_deleted_what(), cell: (row) => <What row={row} /> },
    {
      key: "by",
      title: m.hub_page_deleted_by(),
      cell: ({ by, isOwn, reason }) => (
        <>
          {isOwn ? m.hub_page_deleted_own() : by}
          <br />
          <small>{reason}</small>
        </>
      ),
    },
    {
      key: "at",
      title: m.hub_page_deleted_when(),
      wide: true,
      short: true,
      cell: ({ deletedAt }) => formatDateShort(Date.parse(deletedAt), reader),
    },
    { key: "deed", title: "", align: "right", cell: (row) => <Restore row={row} /> },
  ];
}

function What({ row }: { row: Deleted }) {
  const { number, title, author, beginning, posts } = row;
  return (
    <>
      {number === 1 ? <b>{title}</b> : (beginning ?? m.hub_page_deleted_gone())}
      <br />
      <small>
        {m.hub_page_report_of({ author })} ·{" "}
        {number === 1 ? m.hub_page_deleted_topic({ count: posts }) : m.hub_page_deleted_in({ title })}
      </small>
    </>
  );
}

function Restore({ row }: { row: Deleted }) {
  const fetcher = useFetcher<unknown>();
  const told = useRef<unknown>(undefined);
  useEffect(() => {
    if (fetcher.state !== "idle" || told.current === fetcher.data) return;
    told.current = fetcher.data;
    if (isFailure(fetcher.data)) showFailure(fetcher.data.message);
    else showDone(m.hub_page_deleted_restored());
  });
  if (row.beginning === null) return <small>{m.hub_page_deleted_gone()}</small>;
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="topic" value={row.topic} />
      <input type="hidden" name="number" value={row.number} />
      <Button type="submit" variant="default" size="compact-sm" loading={fetcher.state !== "idle"}>
        {m.hub_page_deleted_restore()}
      </Button>
    </fetcher.Form>
  );
}
