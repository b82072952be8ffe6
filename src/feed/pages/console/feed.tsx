import { Anchor, NativeSelect } from "@mantine/core";
import { Link, type LoaderFunctionArgs, useLoaderData, useParams, useRevalidator, useSearchParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatMoment } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { PlatformDot } from "#src/web/kit/platform-dot.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { useChanges } from "#src/web/kit/use-changes.ts";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";
import { type FeedItem, type FeedView, feedViewNames } from "../../model.ts";

export const meta = () => [{ title: `${m.feed_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;
/** More than this nobody chooses from a list. */
const MOST_SPACES = 200;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { feed, communities } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const { searchParams } = new URL(request.url);
  const view = feedViewNames.find((name) => name === searchParams.get("view")) ?? "all";
  const [after, space] = [searchParams.get("after"), searchParams.get("space") ?? ""];
  const ask = { community, view, limit: PAGE_SIZE, ...(space !== "" && { space }), ...(after !== null && { after }) };
  const [page, spaces] = await Promise.all([feed.list(ask), communities.spaces({ community, limit: MOST_SPACES })]);
  return { page, view, space, spaces: spaces.items.map(({ id, name }) => ({ id, name })) };
}

const viewNames: Record<FeedView, () => string> = {
  all: m.feed_view_all,
  messages: m.feed_view_messages,
  reactions: m.feed_view_reactions,
  people: m.feed_view_people,
  gone: m.feed_view_gone,
};

/** What happens in the community now, on every platform; the first page follows by itself. */
export default function FeedPage() {
  const { page, view, space, spaces } = useLoaderData<typeof loader>();
  const { community = "" } = useParams();
  const [query, setQuery] = useSearchParams();
  const { revalidate } = useRevalidator();
  const followed = query.has("after") ? undefined : community;
  useChanges({ community: followed, topics: ["log"], asksAtFirst: true }, () => void revalidate());
  const kept = space === "" ? "" : `&space=${space}`;
  const tabs = feedViewNames.map((name) => ({
    to: `?view=${name}${kept}`,
    label: viewNames[name](),
    current: name === view,
  }));
  const choices = [
    { value: "", label: m.feed_every_space() },
    ...spaces.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <PageHeader title={m.feed_title()} lead={m.feed_lead()} />
      <ViewTabs label={m.feed_title()} tabs={tabs} />
      <NativeSelect
        label={m.feed_space()}
        data={choices}
        value={space}
        maw={360}
        mb="md"
        onChange={({ currentTarget }) => setQuery({ view, space: currentTarget.value })}
      />
      <Part>
        <ListTable
          label={m.feed_title()}
          columns={useColumns(community)}
          rows={page.items}
          rowKey={({ seq }) => String(seq)}
          stacks
          empty={<EmptyState title={m.feed_empty()} text={m.feed_empty_text()} />}
          next={page.next === null ? undefined : `?view=${view}${kept}&after=${encodeURIComponent(page.next)}`}
        />
      </Part>
    </>
  );
}

const kindNames: Record<FeedItem["kind"], () => string> = {
  "message.posted": m.feed_posted,
  "message.edited": m.feed_edited,
  "message.deleted": m.feed_deleted,
  "message.restored": m.feed_restored,
  "reaction.added": m.feed_reacted,
  "answer.accepted": m.feed_accepted,
  "topic.announced": m.feed_announced,
  "member.joined": m.feed_joined,
  "member.left": m.feed_left,
  "member.removed": m.feed_removed,
};

function useColumns(community: string): Column<FeedItem>[] {
  const reader = useReader();
  return [
    { key: "what", title: m.feed_what(), cell: (item) => <What item={item} community={community} /> },
    {
      key: "where",
      title: m.feed_where(),
      wide: true,
      cell: ({ platform, space }) => (
        <>
          <PlatformDot platform={platform} /> {space.name}
        </>
      ),
    },
    { key: "when", title: m.feed_when(), short: true, cell: ({ at }) => formatMoment(Date.parse(at), reader) },
  ];
}

function What({ item, community }: { item: FeedItem; community: string }) {
  const { member, kind, emoji, address, text } = item;
  const name = member === null || member.name === "" ? m.feed_nobody() : member.name;
  return (
    <>
      {member === null ? (
        <b>{name}</b>
      ) : (
        <Anchor component={Link} to={`/console/${community}/members/${member.id}`} c="inherit" fw={600}>
          {name}
        </Anchor>
      )}{" "}
      {member?.isStaff === true && <Tag tone="quiet">{m.feed_team()}</Tag>} <small>{kindNames[kind]()}</small> {emoji}
      {text !== null && (
        <>
          <br />
          {address === null ? text : <Anchor href={address}>{text}</Anchor>}
        </>
      )}
    </>
  );
}
