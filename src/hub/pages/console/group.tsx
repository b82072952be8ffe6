import { Alert, Anchor, Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import type { Group } from "../../groups/model.ts";
import { hubPath } from "../../model.ts";
import { GroupPeople } from "./group-people.tsx";
import { GroupRequests } from "./group-requests.tsx";

export const meta = () => [{ title: `${m.hub_page_group_one()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { hub, members } = context.get(visitContext).api;
  const place = { community: params["community"] ?? "", groupId: params["group"] ?? "" };
  const { searchParams } = new URL(request.url);
  const [after, waiting] = [searchParams.get("after"), searchParams.get("waiting")];
  const search = searchParams.get("search")?.trim().slice(0, 200) ?? "";
  const narrowed = { ...(after !== null && { after }), ...(search !== "" && { search }) };
  const [group, people, requests, tags, segments] = await Promise.all([
    hub.groups.get(place),
    hub.groups.people({ ...place, limit: PAGE_SIZE, ...narrowed }),
    hub.groups.requests({ ...place, limit: PAGE_SIZE, ...(waiting !== null && { after: waiting }) }),
    members.tags({ community: place.community }),
    members.segments({ community: place.community }),
  ]);
  const rule = [...tags.items, ...segments.items].find(({ id }) => id === (group.tagId ?? group.segmentId))?.name;
  return { group, people, requests, rule, search };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { groups } = context.get(visitContext).api.hub;
  const form = await request.formData();
  const [community, groupId] = [params["community"] ?? "", params["group"] ?? ""];
  const members = formText(form, "members")
    .split(",")
    .filter((id) => id !== "");
  const [requestId, reason] = [formText(form, "request"), formText(form, "reason")];
  return attempt(async () => {
    switch (formText(form, "deed")) {
      case "approve":
        return groups.settle({ community, requestId, approve: true });
      case "decline":
        return groups.settle({ community, requestId, approve: false, reason });
      case "take":
        return groups.take({ community, groupId, memberId: members[0] ?? "" });
      default:
        return groups.add({ community, groupId, members });
    }
  });
}

function leadOf({ about, tagId, segmentId }: Group, rule: string | undefined): string {
  const follows = [
    ...(tagId === null ? [] : [m.hub_page_group_follows_tag({ name: rule ?? m.hub_page_group_rule_gone() })]),
    ...(segmentId === null ? [] : [m.hub_page_group_follows_segment({ name: rule ?? m.hub_page_group_rule_gone() })]),
  ];
  return [about, ...follows].filter((part) => part !== "").join(" · ");
}

/** One group: who asks to belong, who does, and what is theirs. */
export default function GroupPage() {
  const { group, people, requests, rule, search } = useLoaderData<typeof loader>();
  const { community = "" } = useParams();
  const boards = group.boards.map(({ name }) => name).join(", ");
  return (
    <>
      <PageHeader
        title={group.name}
        lead={[`@${group.handle}`, leadOf(group, rule)].filter((part) => part !== "").join(" · ")}
        action={
          <Button
            component="a"
            href={`${hubPath(community)}/g/${group.number}`}
            variant="default"
            leftSection={<IconExternalLink size={18} stroke={1.7} aria-hidden />}
          >
            {m.hub_page_group_open()}
          </Button>
        }
      />
      {group.namesake !== null && (
        <Alert color="warning" variant="light" mb="md">
          {m.hub_page_group_namesake_text({ handle: group.handle })}{" "}
          <Anchor component={Link} to={`/console/${community}/members/${group.namesake.memberId}`}>
            {group.namesake.name}
          </Anchor>
        </Alert>
      )}
      <Part narrow>
        <p>{boards === "" ? m.hub_page_group_no_boards() : m.hub_page_group_boards({ names: boards })}</p>
      </Part>
      {(group.takesRequests || requests.items.length > 0) && <GroupRequests requests={requests} />}
      <GroupPeople people={people} search={search} />
    </>
  );
}
