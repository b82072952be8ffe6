import { Button, Group } from "@mantine/core";
import { IconHistory, IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatZone } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { Initial } from "#src/web/kit/initial.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { DeletedList } from "./deleted-list.tsx";
import classes from "./communities.module.css";

export const meta = () => [{ title: `${m.communities_page_title()} · ${m.web_name()}` }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { api, user } = context.get(visitContext);
  const [{ items }, deleted] = await Promise.all([api.communities.list({}), api.communities.deleted({})]);
  return { items, deleted: deleted.items, mayCreate: user?.isInstallOwner === true };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { communities } = context.get(visitContext).api;
  const community = formText(await request.formData(), "restore");
  return attempt(() => communities.restore({ community }));
}

/** The communities this person works in. */
export default function CommunitiesPage() {
  const { items, deleted, mayCreate } = useLoaderData<typeof loader>();
  const create = mayCreate ? (
    <Button
      component={Link}
      to="/console/communities/new"
      leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />}
    >
      {m.communities_page_create()}
    </Button>
  ) : undefined;
  if (items.length === 0) {
    const icon = <IconUsersGroup size={24} stroke={1.6} aria-hidden />;
    return (
      <>
        <EmptyState
          wholePage
          icon={icon}
          title={m.communities_page_empty()}
          text={m.communities_page_empty_text()}
          action={create}
        />
        <DeletedList items={deleted} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={m.communities_page_title()}
        lead={m.communities_page_lead()}
        action={
          create !== undefined && (
            <Group gap="xs">
              <TrailButton />
              {create}
            </Group>
          )
        }
      />
      <Part>
        <CommunityList items={items} />
      </Part>
      <DeletedList items={deleted} />
    </>
  );
}

function CommunityList({ items }: { items: Awaited<ReturnType<typeof loader>>["items"] }) {
  const reader = useReader();
  return (
    <ul className={classes["list"]}>
      {items.map((community) => (
        <li key={community.id}>
          <Link to={`/console/${community.slug}`} className={classes["row"]}>
            <Initial name={community.name} size={40} />
            <span className={classes["words"]}>
              <b>
                {community.name} {community.isSample && <Tag>{m.web_sample_tag()}</Tag>}
              </b>
              <small>
                {community.slug} · {formatZone(community.timeZone, reader)}
              </small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function TrailButton() {
  return (
    <Button
      component={Link}
      to="/console/communities/trail"
      variant="default"
      leftSection={<IconHistory size={18} stroke={1.7} aria-hidden />}
    >
      {m.trail_title()}
    </Button>
  );
}
