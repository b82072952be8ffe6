import { Anchor, Button } from "@mantine/core";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";

export const meta = () => [{ title: `${m.hub_page_reports()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const { searchParams } = new URL(request.url);
  const [after, settled] = [searchParams.get("after"), searchParams.get("view") === "settled"];
  const ask = { community: params["community"] ?? "", limit: PAGE_SIZE, settled };
  const reports = await hub.moderation.reports({ ...ask, ...(after !== null && { after }) });
  return { reports, settled };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const form = await request.formData();
  const [reportId, isSettled] = [formText(form, "report"), formText(form, "settled") === "yes"];
  const community = params["community"] ?? "";
  return attempt(() => hub.moderation.settleReport({ community, reportId, isSettled }));
}

type Report = Awaited<ReturnType<typeof loader>>["reports"]["items"][number];

/** Posts that members asked the team to look at. */
export default function ReportsPage() {
  const { reports, settled } = useLoaderData<typeof loader>();
  const reader = useReader();
  const view = settled ? "?view=settled&" : "?";
  const tabs = [
    { to: "?", label: m.hub_page_reports_open(), current: !settled },
    { to: "?view=settled", label: m.hub_page_reports_settled(), current: settled },
  ];
  return (
    <>
      <PageHeader title={m.hub_page_reports()} lead={m.hub_page_reports_lead()} />
      <ViewTabs label={m.hub_page_reports()} tabs={tabs} />
      <Part>
        <ListTable
          label={m.hub_page_reports()}
          columns={columnsFor(reader)}
          rows={reports.items}
          rowKey={({ id }) => id}
          stacks
          empty={<EmptyState title={m.hub_page_reports_empty()} text={m.hub_page_reports_empty_text()} />}
          next={reports.next === null ? undefined : `${view}after=${encodeURIComponent(reports.next)}`}
        />
      </Part>
    </>
  );
}

function columnsFor(reader: Reader): Column<Report>[] {
  return [
    {
      key: "post",
      title: m.hub_page_report_post(),
      cell: ({ address, title, author, beginning }) => (
        <>
          <Anchor href={address}>{title}</Anchor>
          {beginning !== "" && <p style={{ margin: 0, overflowWrap: "anywhere" }}>{beginning}</p>}
          <small>{m.hub_page_report_of({ author })}</small>
        </>
      ),
    },
    {
      key: "reason",
      title: m.hub_page_report_reason(),
      cell: ({ reason, reporter }) => (
        <>
          {reason}
          <br />
          <small>{m.hub_page_report_by({ name: reporter })}</small>
        </>
      ),
    },
    {
      key: "at",
      title: m.hub_page_report_when(),
      wide: true,
      short: true,
      cell: ({ madeAt }) => formatDateShort(Date.parse(madeAt), reader),
    },
    { key: "deed", title: "", align: "right", cell: (report) => <Settle report={report} /> },
  ];
}

function Settle({ report }: { report: Report }) {
  const fetcher = useFetcher();
  const { isSettled, id } = report;
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="report" value={id} />
      <input type="hidden" name="settled" value={isSettled ? "" : "yes"} />
      <Button type="submit" variant="default" size="compact-sm" loading={fetcher.state !== "idle"}>
        {isSettled ? m.hub_page_report_reopen() : m.hub_page_report_settle()}
      </Button>
    </fetcher.Form>
  );
}
