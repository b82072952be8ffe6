import { Button, Group, Stack } from "@mantine/core";
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
import { useSelection } from "#src/web/kit/selection.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { showFailure } from "#src/web/kit/toast.tsx";
import { workName } from "./work-name.ts";

export const meta = () => [{ title: `${m.hold_page_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const after = new URL(request.url).searchParams.get("after");
  const [{ hold }, work] = await Promise.all([
    api.hold.get({}),
    api.hold.work({ limit: PAGE_SIZE, ...(after !== null && { after }) }),
  ]);
  return { hold, work };
}

type Work = Awaited<ReturnType<typeof loader>>["work"]["items"][number];
type Decision = Work["decision"];

const decisions: Readonly<Record<string, Decision>> = { go: "go", drop: "drop", undo: null };

export async function action({ context, request }: ActionFunctionArgs) {
  const { api } = context.get(visitContext);
  const form = await request.formData();
  const deed = formText(form, "deed");
  if (deed === "end") return attempt(() => api.hold.end({}));
  const ids = form.getAll("id").map(String);
  const decision = decisions[deed] ?? null;
  return attempt(() => api.hold.decide({ decision, ...(ids.length > 0 && { ids }) }));
}

/** Sends a decision about these pieces of work, or about all of them. */
function useDecision() {
  const fetcher = useFetcher<unknown>();
  const { data } = fetcher;
  useEffect(() => {
    if (isFailure(data)) showFailure(data.message);
  }, [data]);
  const send = (deed: string, ids: readonly string[] = []): void => {
    const form = new FormData();
    form.set("deed", deed);
    for (const id of ids) form.append("id", id);
    void fetcher.submit(form, { method: "post" });
  };
  return { send, busy: fetcher.state !== "idle" };
}

/** What waited when the backup was taken: a person lets it go or drops it, and then ends the hold. */
export default function HeldPage() {
  const { hold, work } = useLoaderData<typeof loader>();
  const reader = useReader();
  const selection = useSelection();
  const { send, busy } = useDecision();
  if (hold === null)
    return (
      <EmptyState
        wholePage
        icon={<IconCircleCheck size={24} stroke={1.6} aria-hidden />}
        title={m.hold_page_none()}
        text={m.hold_page_none_text()}
      />
    );
  return (
    <>
      <PageHeader
        title={m.hold_page_title()}
        lead={m.hold_page_lead({ at: formatMoment(Date.parse(hold.takenAt), reader) })}
        action={<End undecided={hold.undecided} busy={busy} onEnd={() => send("end")} />}
      />
      {hold.all > 0 && (
        <Group gap={8} mb="md">
          <Button variant="default" size="compact-sm" onClick={() => send("go")}>
            {m.hold_page_go_all({ count: hold.all })}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => send("drop")}>
            {m.hold_page_drop_all({ count: hold.all })}
          </Button>
          <span role="status">{m.hold_page_undecided({ count: hold.undecided })}</span>
        </Group>
      )}
      <ListTable
        label={m.hold_page_title()}
        columns={columns(reader, send)}
        rows={work.items}
        rowKey={(row) => row.id}
        rowName={workName}
        selection={selection}
        empty={<EmptyState title={m.hold_page_nothing()} text={m.hold_page_nothing_text()} />}
        next={work.next === null ? undefined : `?after=${encodeURIComponent(work.next)}`}
      />
      <BulkBar selection={selection}>
        <Button size="compact-sm" onClick={() => send("go", selection.keys)}>
          {m.hold_page_go()}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => send("drop", selection.keys)}>
          {m.hold_page_drop()}
        </Button>
      </BulkBar>
    </>
  );
}

function End(props: { undecided: number; busy: boolean; onEnd: () => void }) {
  return (
    <Confirm
      title={m.hold_page_end_title()}
      text={m.hold_page_end_text()}
      confirm={m.hold_page_end()}
      onConfirm={props.onEnd}
    >
      {(ask) => (
        <Button onClick={ask} disabled={props.undecided > 0} loading={props.busy}>
          {m.hold_page_end()}
        </Button>
      )}
    </Confirm>
  );
}

/** The state stands under the name, so that a telephone has room for both. */
function What({ work }: { work: Work }) {
  return (
    <Stack gap={4} align="flex-start">
      {workName(work)}
      <State decision={work.decision} />
    </Stack>
  );
}

function columns(reader: Reader, send: (deed: string, ids: readonly string[]) => void): Column<Work>[] {
  return [
    { key: "what", title: m.hold_page_what(), cell: (row) => <What work={row} /> },
    { key: "due", title: m.hold_page_due(), wide: true, cell: (row) => formatMoment(Date.parse(row.dueAt), reader) },
    {
      key: "deeds",
      title: "",
      align: "right",
      cell: ({ id, decision }) => (
        <Group gap={8} justify="flex-end">
          {decision === null ? (
            <>
              <Button variant="default" size="compact-sm" onClick={() => send("go", [id])}>
                {m.hold_page_go()}
              </Button>
              <Button variant="subtle" size="compact-sm" onClick={() => send("drop", [id])}>
                {m.hold_page_drop()}
              </Button>
            </>
          ) : (
            <Button variant="subtle" size="compact-sm" onClick={() => send("undo", [id])}>
              {m.web_undo()}
            </Button>
          )}
        </Group>
      ),
    },
  ];
}

function State({ decision }: { decision: Decision }) {
  if (decision === "go") return <Tag tone="good">{m.hold_page_will_go()}</Tag>;
  if (decision === "drop") return <Tag tone="bad">{m.hold_page_will_drop()}</Tag>;
  return <Tag tone="warning">{m.hold_page_open()}</Tag>;
}
