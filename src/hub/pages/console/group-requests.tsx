import { Button, Group as Row, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { FormModal } from "#src/web/kit/form-modal.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import { type GroupRequest, LONGEST_REASON } from "../../groups/model.ts";
import { usePerform } from "./perform.ts";

interface GroupRequestsProps {
  readonly requests: { readonly items: readonly GroupRequest[]; readonly next: string | null };
}

/** Who asks to belong and waits, with the decision beside each. */
export function GroupRequests({ requests }: GroupRequestsProps) {
  const reader = useReader();
  const [declining, setDeclining] = useState<GroupRequest>();
  const { perform, isBusy } = usePerform(({ name = "" }) => showDone(m.hub_page_group_approved({ name })));
  const approve = ({ id, name }: GroupRequest): void => perform({ deed: "approve", request: id, name });
  return (
    <Part>
      <SectionHeader title={m.hub_page_group_requests()} />
      <ListTable
        label={m.hub_page_group_requests()}
        columns={columnsFor({ reader, approve, isBusy, decline: setDeclining })}
        rows={requests.items}
        rowKey={({ id }) => id}
        stacks
        empty={<EmptyState title={m.hub_page_group_requests_empty()} text={m.hub_page_group_requests_empty_text()} />}
        next={requests.next === null ? undefined : `?waiting=${encodeURIComponent(requests.next)}`}
      />
      {declining !== undefined && <Declining request={declining} onClose={() => setDeclining(undefined)} />}
    </Part>
  );
}

interface Deciding {
  readonly reader: Reader;
  readonly isBusy: boolean;
  readonly approve: (request: GroupRequest) => void;
  readonly decline: (request: GroupRequest) => void;
}

function columnsFor({ reader, isBusy, approve, decline }: Deciding): Column<GroupRequest>[] {
  return [
    {
      key: "who",
      title: m.hub_page_group_request_of(),
      cell: ({ name, text }) => (
        <>
          <b>{name || m.hub_nobody()}</b>
          {text !== "" && <Text size="sm">{text}</Text>}
        </>
      ),
    },
    {
      key: "at",
      title: m.hub_desk_when(),
      wide: true,
      short: true,
      cell: ({ madeAt }) => formatDateShort(Date.parse(madeAt), reader),
    },
    {
      key: "deeds",
      title: "",
      align: "right",
      cell: (request) => (
        <Row gap="xs" justify="flex-end">
          <Button size="compact-sm" loading={isBusy} onClick={() => approve(request)}>
            {m.hub_page_group_approve()}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => decline(request)}>
            {m.hub_page_group_decline()}
          </Button>
        </Row>
      ),
    },
  ];
}

function Declining({ request: { id, name }, onClose }: { request: GroupRequest; onClose: () => void }) {
  const title = m.hub_page_group_decline_title({ name: name || m.hub_nobody() });
  return (
    <FormModal
      title={title}
      sends={{ deed: "decline", request: id }}
      submit={m.hub_page_group_decline()}
      onClose={onClose}
    >
      <ReasonField />
    </FormModal>
  );
}

function ReasonField() {
  return (
    <Textarea
      name="reason"
      label={m.hub_page_group_decline_reason()}
      description={m.hub_page_group_decline_hint()}
      maxLength={LONGEST_REASON}
      autosize
      minRows={3}
      error={useFieldError("reason")}
      data-autofocus
    />
  );
}
