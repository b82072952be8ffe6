import { Button, Group } from "@mantine/core";
import { IconDownload, IconFileImport, IconUserSearch, IconUsers } from "@tabler/icons-react";
import {
  type ActionFunctionArgs,
  Link,
  type LoaderFunctionArgs,
  useLoaderData,
  useParams,
  useSearchParams,
} from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { formatNumber } from "#src/web/kit/format.ts";
import { ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { useSelection } from "#src/web/kit/selection.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import type { MemberTotal } from "../../model.ts";
import { columnsOf } from "./column-choice.ts";
import { EditSegment } from "./edit-segment.tsx";
import { apiQuery, askOf, filterNames, isNarrowed, sortOf } from "./list-address.ts";
import { columnsFor } from "./list-columns.tsx";
import { ListFilters, ListViews } from "./list-filters.tsx";
import { ListMarks } from "./list-marks.tsx";
import { ListSettings } from "./list-settings.tsx";
import { shownName } from "./member-name.tsx";
import { MemberPanel } from "./member-panel.tsx";
import { findMember } from "./open-member.ts";
import { doDeed } from "./tools-action.ts";

export const meta = () => [{ title: `${m.members_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;
/** More spaces than a menu shows without being a list of its own. */
const SPACES_OFFERED = 100;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const query = new URL(request.url).searchParams;
  const open = query.get("open") ?? undefined;
  const [list, spaces, about, tags, segments, member] = await Promise.all([
    api.members.list({ community, limit: PAGE_SIZE, ...askOf(query) }),
    api.communities.spaces({ community, limit: SPACES_OFFERED }),
    api.communities.get({ community }),
    api.members.tags({ community }),
    api.members.segments({ community }),
    open === undefined ? undefined : findMember(() => api.members.get({ community, member: open })),
  ]);
  const platforms = [...new Set(spaces.items.map((space) => space.platform))];
  return {
    ...list,
    member,
    platforms,
    spaces: spaces.items.map(({ id, name }) => ({ value: id, label: name })),
    tags: tags.items,
    segments: segments.items,
    columns: columnsOf(request.headers.get("cookie")),
    maySegments: allows(about.role, "segments.change"),
    mayMark: allows(about.role, "members.change"),
    mayImport: allows(about.role, "imports.run"),
  };
}

export async function action(args: ActionFunctionArgs) {
  return doDeed(args);
}

/** Everybody in the community: found, narrowed, marked, and each a click away. */
export default function MembersPage() {
  const found = useLoaderData<typeof loader>();
  const { community } = useParams();
  const [query] = useSearchParams();
  const { href } = useQuery();
  const reader = useReader();
  const selection = useSelection();
  const next = found.next ?? undefined;
  if (found.items.length === 0 && !isNarrowed(query) && !query.has("after"))
    return <NobodyYet mayImport={found.mayImport} community={community ?? ""} />;
  return (
    <>
      <PageHeader
        title={m.members_title()}
        lead={m.members_lead()}
        action={
          <Group gap="xs">
            <ListSettings shown={found.columns} />
            <ExportButton community={community ?? ""} />
          </Group>
        }
      />
      <ListViews segments={found.segments} />
      <ListFilters
        platforms={found.platforms.map((platform) => ({ value: platform, label: platform }))}
        spaces={found.spaces}
        tags={found.tags.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {found.maySegments && <EditSegment segments={found.segments} />}
      <Total total={found.total} />
      <ListTable
        label={m.members_title()}
        columns={columnsFor({ reader, sort: sortOf(query), sortHref: (sort) => href({ sort }), shown: found.columns })}
        rows={found.items}
        rowKey={(row) => row.id}
        rowName={(row) => shownName(row.name)}
        rowHref={(row) => href({ open: row.id, after: query.get("after") ?? undefined })}
        openKey={found.member?.id}
        {...(found.mayMark && { selection })}
        empty={<NobodyFound />}
        next={next === undefined ? undefined : href({ after: next, open: undefined })}
        previous={query.has("after") ? href({ after: undefined, open: undefined }) : undefined}
      />
      {found.mayMark && <ListMarks selection={selection} rows={found.items} tags={found.tags} />}
      <MemberPanel
        member={found.member}
        mayMark={found.mayMark}
        closeTo={href({ open: undefined, after: query.get("after") ?? undefined })}
      />
    </>
  );
}

function Total({ total }: { total: MemberTotal | null }) {
  const reader = useReader();
  if (total === null) return null;
  const shown = formatNumber(total.count, reader);
  return (
    <p role="status" style={{ margin: "0 0 8px", fontSize: 13, color: "var(--v-dim)" }}>
      {total.precision === "exact" ? m.members_total({ count: total.count }) : m.members_total_more({ count: shown })}
    </p>
  );
}

function ExportButton({ community }: { community: string }) {
  const [query] = useSearchParams();
  const { after: _, ...ask } = askOf(query);
  return (
    <Button
      component="a"
      href={`/api/v1/communities/${community}/members.csv?${apiQuery(ask)}`}
      download
      variant="default"
      leftSection={<IconDownload size={18} stroke={1.7} aria-hidden />}
    >
      {m.members_export()}
    </Button>
  );
}

function NobodyFound() {
  const { href } = useQuery();
  const cleared = Object.fromEntries(filterNames.map((name) => [name, undefined]));
  return (
    <EmptyState
      icon={<IconUserSearch size={24} stroke={1.6} aria-hidden />}
      title={m.members_nobody_found()}
      text={m.members_nobody_found_text()}
      action={
        <Button component={Link} to={href({ ...cleared, after: undefined, open: undefined })} variant="default">
          {m.members_clear_filters()}
        </Button>
      }
    />
  );
}

function NobodyYet({ mayImport, community }: { mayImport: boolean; community: string }) {
  return (
    <>
      <PageHeader title={m.members_title()} lead={m.members_lead()} />
      <EmptyState
        icon={<IconUsers size={24} stroke={1.6} aria-hidden />}
        title={m.members_empty()}
        text={m.members_empty_text()}
        action={
          mayImport && (
            <Button
              component={Link}
              to={`/console/${community}/imports/new`}
              leftSection={<IconFileImport size={18} stroke={1.7} aria-hidden />}
            >
              {m.members_import()}
            </Button>
          )
        }
      />
    </>
  );
}
