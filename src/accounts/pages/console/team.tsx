import { Button } from "@mantine/core";
import { IconUserPlus, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { type Role, roleSchema, roles, type StaffMember } from "../../model.ts";
import { inviteFrom } from "./invite-action.ts";
import { InviteForm } from "./invite-form.tsx";
import { roleName } from "./role-name.ts";
import { TeamTabs } from "./team-tabs.tsx";
import { StaffMenu } from "./staff-menu.tsx";
import classes from "./team.module.css";

export const meta = () => [{ title: `${m.accounts_page_team()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api, user } = context.get(visitContext);
  const community = params["community"] ?? "";
  const { searchParams } = new URL(request.url);
  const [search, after] = [searchParams.get("search") ?? "", searchParams.get("after")];
  const [staff, here, { sendsMail }] = await Promise.all([
    api.accounts.staff({
      community,
      limit: PAGE_SIZE,
      ...(search !== "" && { search }),
      ...(after !== null && { after }),
    }),
    api.communities.get({ community }),
    api.accounts.installation({}),
  ]);
  const me = { id: user?.id ?? "", role: here.role, isInstallOwner: user?.isInstallOwner === true };
  return { staff, me, sendsMail, language: here.language, isSearch: search !== "" };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { accounts } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const form = await request.formData();
  const personId = formText(form, "person");
  switch (formText(form, "deed")) {
    case "invite":
      return inviteFrom(accounts, community, form);
    case "role":
      return attempt(() =>
        accounts.changeStaff({ community, personId, role: roleSchema.parse(formText(form, "role")) }),
      );
    case "remove":
      return attempt(() => accounts.removeStaff({ community, personId }));
    default:
      return attempt(() => accounts.makeResetLink({ personId }));
  }
}

export type Me = ReturnType<typeof useLoaderData<typeof loader>>["me"];

/** Who works for this community, as what, and who may join. */
export default function TeamPage() {
  const { staff, me, sendsMail, language, isSearch } = useLoaderData<typeof loader>();
  const reader = useReader();
  const { href } = useQuery();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <PageHeader
        title={m.accounts_page_team()}
        lead={m.accounts_page_team_lead()}
        action={
          <Button leftSection={<IconUserPlus size={18} stroke={1.7} aria-hidden />} onClick={() => setInviting(true)}>
            {m.accounts_page_invite()}
          </Button>
        }
      />
      <TeamTabs current="team" />
      <div className={classes["tools"]}>
        <SearchBox label={m.accounts_page_team_search()} />
      </div>
      <ListTable
        label={m.accounts_page_team()}
        columns={columnsFor(reader, me)}
        rows={staff.items}
        rowKey={(person) => person.id}
        rowName={(person) => person.name}
        stacks
        empty={<Nobody isSearch={isSearch} />}
        next={staff.next === null ? undefined : href({ after: staff.next })}
      />
      <InviteForm
        open={inviting}
        onClose={() => setInviting(false)}
        roles={rolesBelow(me.role)}
        language={language}
        sendsMail={sendsMail}
      />
    </>
  );
}

function Nobody({ isSearch }: { isSearch: boolean }) {
  return (
    <EmptyState
      icon={<IconUsersGroup size={24} stroke={1.6} aria-hidden />}
      title={isSearch ? m.accounts_page_team_not_found() : m.accounts_page_team_empty()}
      text={m.accounts_page_team_not_found_text()}
    />
  );
}

/** The roles that somebody with this role may give: their own and those below. */
export function rolesBelow(own: Role): Role[] {
  return roles.slice(roles.indexOf(own));
}

function columnsFor(reader: Reader, me: Me): Column<StaffMember>[] {
  return [
    {
      key: "name",
      title: m.accounts_page_team_person(),
      cell: (person) => (
        <span className={classes["person"]}>
          <b>{person.name}</b> {person.id === me.id && <Tag tone="accent">{m.accounts_page_team_you()}</Tag>}
          <small>{person.email}</small>
        </span>
      ),
    },
    {
      key: "role",
      title: m.accounts_page_key_role(),
      cell: (person) => (
        <span className={classes["roles"]}>
          <Tag>{roleName(person.role)}</Tag>
          {person.isInstallOwner && <small>{m.accounts_page_team_whole()}</small>}
        </span>
      ),
    },
    {
      key: "since",
      title: m.accounts_page_team_since(),
      wide: true,
      cell: (person) => (person.joinedAt === null ? "" : formatDateShort(Date.parse(person.joinedAt), reader)),
    },
    { key: "menu", title: "", align: "right", width: "48px", cell: (person) => <StaffMenu person={person} me={me} /> },
  ];
}
