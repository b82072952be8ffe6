import { IconMailQuestion } from "@tabler/icons-react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { dayToDate, localDay } from "#src/base/clock.ts";
import { visitContext } from "#src/web/context.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { FilterChip, FilterChips } from "#src/web/kit/filter-chips.tsx";
import { type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { type DataRequest, regimes, requestKinds } from "../../model.ts";
import { NewRequest } from "./new-request.tsx";
import { kindWords, regimeWords, RequestTag, shownDate } from "./request-words.tsx";
import { RightsTabs } from "./rights-tabs.tsx";

export const meta = () => [{ title: `${m.rights_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const query = new URL(request.url).searchParams;
  const state = query.get("state") === "closed" ? "closed" : "open";
  const [member, after] = [query.get("member"), query.get("after")];
  const ask = { community, state, limit: PAGE_SIZE, ...(member !== null && { member }) } as const;
  const [page, about] = await Promise.all([
    api.rights.requests({ ...ask, ...(after !== null && { after }) }),
    api.communities.get({ community }),
  ]);
  const today = dayToDate(localDay(Date.now(), about.timeZone));
  return { ...page, today, mayChange: allows(about.role, "rights.change") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { rights } = context.get(visitContext).api;
  const form = await request.formData();
  const text = (name: string) => formText(form, name).trim();
  const [member, receivedOn] = [text("member"), text("receivedOn")];
  return attempt(() =>
    rights.addRequest({
      community: params["community"] ?? "",
      kind: requestKinds.find((kind) => kind === text("kind")) ?? "access",
      regime: regimes.find((regime) => regime === text("regime")) ?? "gdpr",
      askedBy: text("askedBy"),
      details: text("details"),
      ...(receivedOn !== "" && { receivedOn }),
      ...(member !== "" && { member }),
    }),
  );
}

/** What people asked about their data, what is due first first. */
export default function RequestsPage() {
  const { items, next, today, mayChange } = useLoaderData<typeof loader>();
  const { community = "" } = useParams();
  const { read, change, href } = useQuery();
  const reader = useReader();
  const make = mayChange ? <NewRequest today={today} memberId={read("member")} /> : undefined;
  return (
    <>
      <PageHeader
        title={m.rights_title()}
        lead={m.rights_requests_lead()}
        action={items.length > 0 ? make : undefined}
      />
      <RightsTabs />
      <FilterChips>
        <FilterChip
          label={m.rights_filter_state()}
          value={read("state")}
          options={[{ value: "closed", label: m.rights_state_closed() }]}
          onChange={(value) => change({ state: value })}
        />
      </FilterChips>
      <ListTable
        label={m.rights_tab_requests()}
        columns={columnsFor(reader, { community, today })}
        rows={items}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={<IconMailQuestion size={24} stroke={1.6} aria-hidden />}
            title={m.rights_requests_none()}
            text={m.rights_requests_none_text()}
            action={make}
          />
        }
        next={next === null ? undefined : href({ after: next })}
        previous={read("after") === undefined ? undefined : href({ after: undefined })}
      />
    </>
  );
}

function columnsFor(reader: Reader, { community, today }: { community: string; today: string }): Column<DataRequest>[] {
  return [
    {
      key: "kind",
      title: m.rights_request_kind(),
      cell: (row) => <Link to={`/console/${community}/rights/requests/${row.id}`}>{kindWords[row.kind]()}</Link>,
    },
    { key: "by", title: m.rights_request_asked_by(), wide: true, cell: (row) => row.askedBy || m.rights_forgotten() },
    { key: "law", title: m.rights_request_regime(), wide: true, cell: (row) => regimeWords[row.regime]() },
    { key: "due", title: m.rights_request_due(), cell: (row) => shownDate(row.dueOn, reader) },
    { key: "state", title: m.rights_state(), cell: (row) => <RequestTag request={row} today={today} /> },
  ];
}
