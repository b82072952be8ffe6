import { Menu, Modal } from "@mantine/core";
import { IconMailOpened } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { FilterChip, FilterChips } from "#src/web/kit/filter-chips.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { showFailure } from "#src/web/kit/toast.tsx";
import { type Invitation, type InvitationState, invitationStates } from "../../model.ts";
import { OnceShown } from "#src/web/kit/once-shown.tsx";
import { roleName } from "./role-name.ts";
import { RowMenu } from "./row-menu.tsx";
import { TeamTabs } from "./team-tabs.tsx";
import classes from "./team.module.css";

export const meta = () => [{ title: `${m.accounts_page_invitations()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

function stateFrom(text: string | null | undefined): InvitationState | undefined {
  return invitationStates.find((state) => state === text);
}

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { accounts } = context.get(visitContext).api;
  const { searchParams } = new URL(request.url);
  const [search, after] = [searchParams.get("search") ?? "", searchParams.get("after")];
  const state = stateFrom(searchParams.get("state"));
  const page = await accounts.invitations({
    community: params["community"] ?? "",
    limit: PAGE_SIZE,
    ...(search !== "" && { search }),
    ...(state !== undefined && { state }),
    ...(after !== null && { after }),
  });
  return { ...page, isNarrowed: search !== "" || state !== undefined };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { accounts } = context.get(visitContext).api;
  const form = await request.formData();
  const asked = { community: params["community"] ?? "", invitationId: formText(form, "invitation") };
  return formText(form, "deed") === "revoke"
    ? attempt(() => accounts.revokeInvitation(asked))
    : attempt(() => accounts.inviteAgain(asked));
}

/** Everybody who was invited into the team, and what became of it. */
export default function InvitationsPage() {
  const { items, next, isNarrowed } = useLoaderData<typeof loader>();
  const reader = useReader();
  const { read, change, href } = useQuery();
  const options = invitationStates.map((state) => ({ value: state, label: stateNames[state]() }));
  return (
    <>
      <PageHeader title={m.accounts_page_invitations()} lead={m.accounts_page_invitations_lead()} />
      <TeamTabs current="invitations" />
      <div className={classes["tools"]}>
        <SearchBox label={m.accounts_page_invitations_search()} />
        <FilterChips>
          <FilterChip
            label={m.accounts_page_invitation_state()}
            value={read("state")}
            options={options}
            onChange={(state) => change({ state })}
          />
        </FilterChips>
      </div>
      <ListTable
        label={m.accounts_page_invitations()}
        columns={columnsFor(reader)}
        rows={items}
        rowKey={(invitation) => invitation.id}
        rowName={nameOf}
        empty={<Nobody isNarrowed={isNarrowed} />}
        next={next === null ? undefined : href({ after: next })}
      />
    </>
  );
}

function Nobody({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <EmptyState
      icon={<IconMailOpened size={24} stroke={1.6} aria-hidden />}
      title={isNarrowed ? m.accounts_page_invitations_not_found() : m.accounts_page_invitations_empty()}
      text={isNarrowed ? m.accounts_page_team_not_found_text() : m.accounts_page_invitations_empty_text()}
    />
  );
}

const stateNames: Record<InvitationState, () => string> = {
  open: m.accounts_page_invitation_open,
  used: m.accounts_page_invitation_used,
  revoked: m.accounts_page_invitation_revoked,
  expired: m.accounts_page_invitation_expired,
};

const tones = { open: "accent", used: "good", revoked: "bad", expired: "warning" } as const;

const letterNames: Record<Invitation["letter"], () => string> = {
  none: () => "",
  waiting: m.accounts_page_letter_waiting,
  sent: m.accounts_page_letter_sent,
  failed: m.accounts_page_letter_failed,
};

function nameOf(invitation: Invitation): string {
  return invitation.usedBy ?? invitation.email ?? m.accounts_page_invitation_anybody();
}

/** What became of an invitation: who came by it, or how the letter stands. */
function storyOf(invitation: Invitation): string {
  if (invitation.usedBy !== null) return invitation.email ?? "";
  return letterNames[invitation.letter]();
}

function columnsFor(reader: Reader): Column<Invitation>[] {
  const day = (at: string) => formatDateShort(Date.parse(at), reader);
  return [
    {
      key: "who",
      title: m.accounts_page_invitation_who(),
      cell: (invitation) => (
        <span className={classes["person"]}>
          <b>{nameOf(invitation)}</b>
          <small>{storyOf(invitation)}</small>
        </span>
      ),
    },
    {
      key: "role",
      title: m.accounts_page_key_role(),
      wide: true,
      cell: (invitation) => <Tag>{roleName(invitation.role)}</Tag>,
    },
    {
      key: "state",
      title: m.accounts_page_invitation_state(),
      cell: ({ state }) => <Tag tone={tones[state]}>{stateNames[state]()}</Tag>,
    },
    { key: "by", title: m.accounts_page_invitation_by(), wide: true, cell: ({ madeBy }) => madeBy ?? "" },
    {
      key: "until",
      title: m.accounts_page_invitation_until(),
      wide: true,
      cell: (invitation) => day(invitation.expiresAt),
    },
    { key: "deeds", title: "", align: "right", cell: (invitation) => <Deeds invitation={invitation} /> },
  ];
}

/** Sends a deed about an invitation and tells when it was refused. */
function useDeed(invitation: Invitation) {
  const fetcher = useFetcher<unknown>();
  const { data } = fetcher;
  useEffect(() => {
    if (isFailure(data)) showFailure(data.message);
  }, [data]);
  const send = (deed: string) => void fetcher.submit({ deed, invitation: invitation.id }, { method: "post" });
  return { data, busy: fetcher.state !== "idle", send };
}

function Deeds({ invitation }: { invitation: Invitation }) {
  const renewing = useDeed(invitation);
  const revoking = useDeed(invitation);
  if (invitation.state === "used") return null;
  const name = nameOf(invitation);
  return (
    <>
      <Confirm
        title={m.accounts_page_invitation_revoke_title({ name })}
        text={m.accounts_page_invitation_revoke_text()}
        confirm={m.accounts_page_key_revoke()}
        danger
        onConfirm={() => revoking.send("revoke")}
      >
        {(ask) => (
          <RowMenu label={m.accounts_page_staff_menu({ name })} busy={renewing.busy || revoking.busy}>
            <Menu.Item onClick={() => renewing.send("renew")}>{m.accounts_page_invitation_renew()}</Menu.Item>
            {invitation.state === "open" && (
              <Menu.Item color="danger" onClick={ask}>
                {m.accounts_page_key_revoke()}
              </Menu.Item>
            )}
          </RowMenu>
        )}
      </Confirm>
      <Renewed answer={renewing.data} />
    </>
  );
}

function Renewed({ answer }: { answer: unknown }) {
  const [closed, setClosed] = useState<unknown>();
  const link = typeof answer === "object" && answer !== null && "link" in answer ? String(answer.link) : undefined;
  return (
    <Modal
      opened={link !== undefined && answer !== closed}
      onClose={() => setClosed(answer)}
      title={<b>{m.accounts_page_invited()}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      <OnceShown text={m.accounts_page_invitation_renewed()} secret={link ?? ""} />
    </Modal>
  );
}
