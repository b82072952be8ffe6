import { Group, Text } from "@mantine/core";
import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";
import { type TeamMessageState, teamMessageStates } from "../../model.ts";

export const meta = () => [{ title: `${m.hub_desk_page()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const { searchParams } = new URL(request.url);
  const [after, search] = [searchParams.get("after"), searchParams.get("search")?.trim() ?? ""];
  const state = teamMessageStates.find((each) => each === searchParams.get("state")) ?? ("new" as const);
  const ask = { community: params["community"] ?? "", limit: PAGE_SIZE, state };
  const narrowed = { ...(after !== null && { after }), ...(search !== "" && { search: search.slice(0, 200) }) };
  return { messages: await hub.desk.list({ ...ask, ...narrowed }), state, search };
}

type Message = Awaited<ReturnType<typeof loader>>["messages"]["items"][number];

const tabNames: Record<TeamMessageState, () => string> = {
  new: m.hub_desk_tab_new,
  answered: m.hub_desk_tab_answered,
  closed: m.hub_desk_tab_closed,
};

/** What members wrote to the team. */
export default function MessagesPage() {
  const { messages, state, search } = useLoaderData<typeof loader>();
  const reader = useReader();
  const query = new URLSearchParams({ state, ...(search !== "" && { search }) });
  const tabs = teamMessageStates.map((each) => {
    return { to: `?state=${each}`, label: tabNames[each](), current: each === state };
  });
  const empty =
    search === "" ? (
      <EmptyState title={m.hub_desk_empty()} text={m.hub_desk_empty_text()} />
    ) : (
      <EmptyState title={m.hub_desk_not_found()} text={m.hub_desk_not_found_text()} />
    );
  return (
    <>
      <PageHeader title={m.hub_desk_page()} lead={m.hub_desk_page_lead()} />
      <ViewTabs label={m.hub_desk_page()} tabs={tabs} />
      <Part>
        <Group mb="md">
          <SearchBox label={m.hub_desk_search()} />
        </Group>
        <ListTable
          label={m.hub_desk_page()}
          columns={columnsFor(reader)}
          rows={messages.items}
          rowKey={({ id }) => id}
          rowHref={({ id }) => id}
          stacks
          empty={empty}
          next={messages.next === null ? undefined : `?${query}&after=${encodeURIComponent(messages.next)}`}
        />
      </Part>
    </>
  );
}

function columnsFor(reader: Reader): Column<Message>[] {
  return [
    { key: "from", title: m.hub_desk_from(), width: "14rem", cell: ({ name }) => name || m.hub_nobody() },
    { key: "text", title: m.hub_desk_text(), cell: ({ text }) => <Text lineClamp={2}>{text}</Text> },
    {
      key: "at",
      title: m.hub_desk_when(),
      wide: true,
      short: true,
      cell: ({ madeAt }) => formatDateShort(Date.parse(madeAt), reader),
    },
  ];
}
