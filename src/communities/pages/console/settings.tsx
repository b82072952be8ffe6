import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { isLocale } from "#words/runtime";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { formText } from "#src/web/kit/form-text.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { PlatformDot } from "#src/web/kit/platform-dot.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import type { Community, Space } from "../../model.ts";
import { CommunityFields } from "./community-fields.tsx";
import { DeletePart } from "./delete-part.tsx";

export const meta = () => [{ title: `${m.communities_page_settings()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { communities } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const after = new URL(request.url).searchParams.get("after");
  const [found, spaces] = await Promise.all([
    communities.get({ community }),
    communities.spaces({ community, limit: PAGE_SIZE, ...(after !== null && { after }) }),
  ]);
  return { community: found, spaces };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { communities } = context.get(visitContext).api;
  const form = await request.formData();
  const text = (name: string) => formText(form, name);
  const community = params["community"] ?? "";
  if (text("deed") === "delete") return attempt(() => communities.delete({ community, name: text("confirmed") }));
  const language = text("language");
  return attempt(() =>
    communities.change({
      community,
      name: text("name"),
      timeZone: text("timeZone"),
      ...(isLocale(language) && { language }),
    }),
  );
}

/** What a community is called, by which clock it lives, and where its people write. */
export default function CommunitySettingsPage() {
  const { community, spaces } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.communities_page_settings()} lead={m.communities_page_settings_lead()} />
      <Part narrow>
        <ActionForm key={community.id} onDone={(changed) => showDone(savedWords(community, changed))}>
          <CommunityFields community={community} />
          <SubmitButton>{m.communities_page_save()}</SubmitButton>
        </ActionForm>
      </Part>
      <Part>
        <SectionHeader title={m.communities_page_spaces()} />
        <ListTable
          label={m.communities_page_spaces()}
          columns={columns()}
          rows={spaces.items}
          rowKey={(space) => space.id}
          empty={<p>{m.communities_page_spaces_empty()}</p>}
          next={spaces.next === null ? undefined : `?after=${encodeURIComponent(spaces.next)}`}
        />
      </Part>
      {community.role === "owner" && <DeletePart name={community.name} />}
    </>
  );
}

/** After another time zone the figures take a while, and whoever changed it should know why they move. */
function savedWords(before: Pick<Community, "timeZone">, changed: unknown): string {
  const zone = typeof changed === "object" && changed !== null && "timeZone" in changed ? changed.timeZone : undefined;
  return zone === before.timeZone ? m.communities_page_saved() : m.communities_page_zone_saved();
}

const kindNames: Record<Space["kind"], () => string> = {
  chat: m.communities_page_space_kind_chat,
  channel: m.communities_page_space_kind_channel,
  board: m.communities_page_space_kind_board,
  topic: m.communities_page_space_kind_topic,
};

function columns(): Column<Space>[] {
  return [
    {
      key: "name",
      title: m.communities_page_name(),
      cell: (space) => (
        <>
          <PlatformDot platform={space.platform} /> {space.name}
        </>
      ),
    },
    { key: "kind", title: "", align: "right", cell: (space) => kindNames[space.kind]() },
  ];
}
