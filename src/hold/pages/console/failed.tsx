import { Box, Button, Stack } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useEffect } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { BulkBar } from "#src/web/kit/bulk-bar.tsx";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { formatMoment, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { RowDeeds, TryAgain } from "#src/web/kit/row-deeds.tsx";
import { useSelection } from "#src/web/kit/selection.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { showDone, showFailure } from "#src/web/kit/toast.tsx";
import { workName } from "./work-name.ts";

export const meta = () => [{ title: `${m.hold_failed_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const after = new URL(request.url).searchParams.get("after");
  return api.hold.failed.list({ limit: PAGE_SIZE, ...(after !== null && { after }) });
}

type Work = Awaited<ReturnType<typeof loader>>["items"][number];
type Become = "again" | "drop";

export async function action({ context, request }: ActionFunctionArgs) {
  const { api } = context.get(visitContext);
  const form = await request.formData();
  const become = formText(form, "become") === "drop" ? "drop" : "again";
  return attempt(async () => ({
    become,
    ...(await api.hold.failed.settle({ ids: form.getAll("id").map(String), become })),
  }));
}

/** Settles pieces of work, and says what became of them. */
function useSettling() {
  const fetcher = useFetcher<typeof action>();
  const { data } = fetcher;
  useEffect(() => {
    if (isFailure(data)) showFailure(data.message);
    else if (data !== undefined)
      showDone((data.become === "drop" ? m.hold_failed_dropped : m.hold_failed_settled)({ count: data.settled }));
  }, [data]);
  const send = (become: Become, ids: readonly string[]): void => {
    const form = new FormData();
    form.set("become", become);
    for (const id of ids) form.append("id", id);
    void fetcher.submit(form, { method: "post" });
  };
  return { send, isBusy: fetcher.state !== "idle" };
}

/** What failed every time it was tried: a person has it tried once more, or drops it. */
export default function FailedPage() {
  const { items, next } = useLoaderData<typeof loader>();
  const reader = useReader();
  const selection = useSelection();
  const settling = useSettling();
  const settleTicked = (become: Become): void => {
    settling.send(become, selection.keys);
    selection.set([]);
  };
  if (items.length === 0)
    return (
      <EmptyState
        wholePage
        icon={<IconCircleCheck size={24} stroke={1.6} aria-hidden />}
        title={m.hold_failed_none()}
        text={m.hold_failed_none_text()}
      />
    );
  return (
    <>
      <PageHeader title={m.hold_failed_title()} lead={m.hold_failed_lead()} />
      <ListTable
        label={m.hold_failed_title()}
        columns={columns(reader, settling)}
        rows={items}
        rowKey={(row) => row.id}
        rowName={workName}
        selection={selection}
        empty={null}
        next={next === null ? undefined : `?after=${encodeURIComponent(next)}`}
      />
      <BulkBar selection={selection}>
        <Button size="compact-sm" onClick={() => settleTicked("again")}>
          {m.hold_failed_again()}
        </Button>
        <Confirm {...dropping(() => settleTicked("drop"))}>
          {(ask) => (
            <Button size="compact-sm" variant="default" onClick={ask}>
              {m.hold_failed_drop()}
            </Button>
          )}
        </Confirm>
      </BulkBar>
    </>
  );
}

function dropping(onConfirm: () => void) {
  return {
    title: m.hold_failed_drop_title(),
    text: m.hold_failed_drop_text(),
    confirm: m.hold_failed_drop(),
    onConfirm,
  };
}

/** What a person may decide about it. */
function Deeds(props: { id: string; justify: "flex-start" | "flex-end"; settling: ReturnType<typeof useSettling> }) {
  const { send, isBusy } = props.settling;
  return (
    <RowDeeds justify={props.justify} answer={undefined} letGo={dropping(() => send("drop", [props.id]))}>
      <TryAgain isBusy={isBusy} onClick={() => send("again", [props.id])} />
    </RowDeeds>
  );
}

/** How it went stands under the name, and on a telephone what may be decided as well. */
function What({ work, reader, settling }: { work: Work; reader: Reader; settling: ReturnType<typeof useSettling> }) {
  const tries = m.hold_failed_tries({ count: work.tries });
  return (
    <Stack gap={2}>
      {workName(work)}
      <small>
        {formatMoment(Date.parse(work.failedAt), reader)} · {tries}
        {work.failure !== null && ` · ${work.failure}`}
      </small>
      <Box hiddenFrom="sm">
        <Deeds id={work.id} justify="flex-start" settling={settling} />
      </Box>
    </Stack>
  );
}

function columns(reader: Reader, settling: ReturnType<typeof useSettling>): Column<Work>[] {
  return [
    {
      key: "what",
      title: m.hold_page_what(),
      cell: (row) => <What work={row} reader={reader} settling={settling} />,
    },
    {
      key: "deeds",
      title: "",
      align: "right",
      wide: true,
      cell: ({ id }) => <Deeds id={id} justify="flex-end" settling={settling} />,
    },
  ];
}
