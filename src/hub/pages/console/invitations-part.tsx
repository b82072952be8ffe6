import { Button, Modal, NumberInput, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { OnceShown } from "#src/web/kit/once-shown.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { MOST_INVITATION_DAYS, MOST_INVITATION_USES } from "../../model.ts";

/** An invitation as the list shows it. */
interface Invitation {
  readonly id: string;
  readonly note: string;
  readonly uses: number;
  readonly used: number;
  readonly expiresAt: string;
  readonly state: "open" | "used" | "expired" | "revoked";
}

const stateNames: Record<Invitation["state"], () => string> = {
  open: m.hub_page_state_open,
  used: m.hub_page_state_used,
  expired: m.hub_page_state_expired,
  revoked: m.hub_page_state_revoked,
};

/** Links by which people join, and a way to take each back. */
export function InvitationsPart({
  invitations,
}: {
  invitations: { items: readonly Invitation[]; next: string | null };
}) {
  const reader = useReader();
  const [isOpen, setOpen] = useState(false);
  const { items, next } = invitations;
  return (
    <Part>
      <SectionHeader title={m.hub_page_invitations()} aside={<NewButton onClick={() => setOpen(true)} />} />
      <ListTable
        label={m.hub_page_invitations()}
        columns={columnsFor(reader)}
        rows={items}
        rowKey={({ id }) => id}
        stacks
        empty={<EmptyState title={m.hub_page_invitations_empty()} text={m.hub_page_invitations_empty_text()} />}
        next={next === null ? undefined : `?after=${encodeURIComponent(next)}`}
      />
      {isOpen && <NewInvitation onClose={() => setOpen(false)} />}
    </Part>
  );
}

function columnsFor(reader: Reader): Column<Invitation>[] {
  return [
    {
      key: "note",
      title: m.hub_page_invitation_note(),
      cell: ({ note }) => (note === "" ? m.hub_page_invitation_unnamed() : note),
    },
    {
      key: "state",
      title: m.hub_page_invitation_state(),
      cell: ({ state }) => <Tag tone={state === "open" ? "good" : "quiet"}>{stateNames[state]()}</Tag>,
    },
    {
      key: "used",
      title: m.hub_page_invitation_used(),
      cell: ({ used, uses }) => m.hub_page_invitation_of({ used, uses }),
    },
    {
      key: "until",
      title: m.hub_page_invitation_until(),
      wide: true,
      cell: ({ expiresAt }) => formatDateShort(Date.parse(expiresAt), reader),
    },
    {
      key: "revoke",
      title: "",
      align: "right",
      cell: (invitation) => (invitation.state === "open" ? <Revoke id={invitation.id} /> : null),
    },
  ];
}

function NewButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />} onClick={onClick}>
      {m.hub_page_invitation_new()}
    </Button>
  );
}

function linkOf(answer: unknown): string | undefined {
  const made = typeof answer === "object" && answer !== null && "link" in answer;
  return made && typeof answer.link === "string" ? answer.link : undefined;
}

function NewInvitation({ onClose }: { onClose: () => void }) {
  const [link, setLink] = useState<string>();
  const title = link === undefined ? m.hub_page_invitation_new() : m.hub_page_invitation_ready();
  return (
    <Modal opened onClose={onClose} title={<b>{title}</b>} closeButtonProps={{ "aria-label": m.web_close() }}>
      {link === undefined ? (
        <ActionForm onDone={(answer) => setLink(linkOf(answer))}>
          <input type="hidden" name="deed" value="invite" />
          <Fields />
          <SubmitButton fullWidth>{m.hub_page_invitation_new()}</SubmitButton>
        </ActionForm>
      ) : (
        <OnceShown text={m.hub_page_invitation_once()} secret={link} />
      )}
    </Modal>
  );
}

function Fields() {
  return (
    <>
      <TextInput
        name="note"
        label={m.hub_page_invitation_note()}
        description={m.hub_page_invitation_note_hint()}
        maxLength={100}
        data-autofocus
      />
      <NumberInput
        name="uses"
        label={m.hub_page_invitation_uses()}
        defaultValue={1}
        min={1}
        max={MOST_INVITATION_USES}
        allowDecimal={false}
        error={useFieldError("uses")}
      />
      <NumberInput
        name="days"
        label={m.hub_page_invitation_days()}
        defaultValue={14}
        min={1}
        max={MOST_INVITATION_DAYS}
        allowDecimal={false}
        error={useFieldError("days")}
      />
    </>
  );
}

function Revoke({ id }: { id: string }) {
  const fetcher = useFetcher();
  return (
    <Confirm
      title={m.hub_page_revoke_title()}
      text={m.hub_page_revoke_text()}
      confirm={m.hub_page_revoke()}
      danger
      onConfirm={() => void fetcher.submit({ deed: "revoke", invitation: id }, { method: "post" })}
    >
      {(ask) => (
        <Button variant="default" size="compact-sm" loading={fetcher.state !== "idle"} onClick={ask}>
          {m.hub_page_revoke()}
        </Button>
      )}
    </Confirm>
  );
}
