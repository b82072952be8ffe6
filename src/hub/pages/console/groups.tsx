import { Button, Group as Row } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { showUndo } from "#src/web/kit/toast.tsx";
import type { Group } from "../../groups/model.ts";
import { GroupForm, groupFieldsOf } from "./group-form.tsx";
import { type Perform, usePerform } from "./perform.ts";

export const meta = () => [{ title: `${m.hub_page_groups()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { hub, members, communities } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const { searchParams } = new URL(request.url);
  const [after, search] = [searchParams.get("after"), searchParams.get("search")?.trim().slice(0, 200) ?? ""];
  const ask = { community, limit: PAGE_SIZE, ...(after !== null && { after }), ...(search !== "" && { search }) };
  const [groups, tags, segments, about] = await Promise.all([
    hub.groups.list(ask),
    members.tags({ community }),
    members.segments({ community }),
    communities.get({ community }),
  ]);
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  const rules = { tags: tags.items.map(named), segments: segments.items.map(named) };
  return { groups, rules, search, mayManage: allows(about.role, "hub.manage") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { groups } = context.get(visitContext).api.hub;
  const form = await request.formData();
  const community = params["community"] ?? "";
  const groupId = formText(form, "group");
  return attempt(async () => {
    const deed = formText(form, "deed");
    if (deed === "delete") return groups.remove({ community, groupId });
    if (deed === "restore") return groups.restore({ community, groupId });
    const fields = groupFieldsOf(form);
    return groupId === "" ? groups.make({ community, ...fields }) : groups.change({ community, groupId, ...fields });
  });
}

/** Circles of members: how many belong, who waits, which boards are theirs. */
export default function GroupsPage() {
  const { groups, rules, search, mayManage } = useLoaderData<typeof loader>();
  const [open, setOpen] = useState<Group | "new">();
  const { perform } = usePerform((fields, next) => {
    if (fields["deed"] !== "delete") return;
    const { group = "", name = "" } = fields;
    showUndo(m.hub_page_group_deleted({ name }), () => next({ deed: "restore", group }));
  });
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />} onClick={() => setOpen("new")}>
      {m.hub_page_group_new()}
    </Button>
  );
  const empty =
    search === "" ? (
      <EmptyState title={m.hub_page_groups_empty()} text={m.hub_page_groups_empty_text()} />
    ) : (
      <EmptyState title={m.hub_page_groups_not_found()} text={m.hub_desk_not_found_text()} />
    );
  const query = new URLSearchParams(search === "" ? {} : { search });
  return (
    <>
      <PageHeader title={m.hub_page_groups()} lead={m.hub_page_groups_lead()} action={mayManage ? make : undefined} />
      <Part>
        <Row mb="md">
          <SearchBox label={m.hub_page_groups_search()} />
        </Row>
        <ListTable
          label={m.hub_page_groups()}
          columns={columnsFor({ perform, change: mayManage ? setOpen : undefined })}
          rows={groups.items}
          rowKey={({ id }) => id}
          stacks
          rowName={({ name }) => name}
          rowHref={({ id }) => id}
          empty={empty}
          next={groups.next === null ? undefined : `?${query}&after=${encodeURIComponent(groups.next)}`}
        />
      </Part>
      {open !== undefined && (
        <GroupForm group={open === "new" ? undefined : open} rules={rules} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

interface Arranging {
  readonly perform: Perform;
  /** Undefined for those who may not. */
  readonly change: ((group: Group) => void) | undefined;
}

function columnsFor({ perform, change }: Arranging): Column<Group>[] {
  const deeds: Column<Group> = {
    key: "deeds",
    title: "",
    align: "right",
    cell: (group) => (
      <Row gap="xs" justify="flex-end">
        <Button variant="default" size="compact-sm" onClick={() => change?.(group)}>
          {m.hub_page_board_change()}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => perform({ deed: "delete", group: group.id, name: group.name })}
        >
          {m.hub_page_group_delete()}
        </Button>
      </Row>
    ),
  };
  return [
    {
      key: "name",
      title: m.hub_page_group_name(),
      cell: ({ name, waiting, namesake }) => (
        <>
          <b>{name}</b> {waiting > 0 && <Tag tone="warning">{m.hub_page_group_waiting({ count: waiting })}</Tag>}{" "}
          {namesake !== null && <Tag tone="warning">{m.hub_page_group_namesake()}</Tag>}
        </>
      ),
    },
    { key: "people", title: m.hub_page_group_people(), align: "right", wide: true, cell: ({ people }) => people },
    {
      key: "boards",
      title: m.hub_page_boards(),
      wide: true,
      cell: ({ boards }) => boards.map(({ name }) => name).join(", "),
    },
    ...(change === undefined ? [] : [deeds]),
  ];
}
