import { Button, Group as Row, Modal } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useParams } from "react-router";
import { m } from "#words";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { showDone, showUndo } from "#src/web/kit/toast.tsx";
import type { GroupPerson, WayIn } from "../../groups/model.ts";
import { MemberPicker } from "./member-picker.tsx";
import { type Perform, usePerform } from "./perform.ts";

const wayNames: Record<WayIn, () => string> = {
  hand: m.hub_page_group_by_hand,
  request: m.hub_page_group_by_request,
  rule: m.hub_page_group_by_rule,
};

interface GroupPeopleProps {
  readonly people: { readonly items: readonly GroupPerson[]; readonly next: string | null };
  readonly search: string;
}

/** Who belongs: found by name, put in by hand, taken out with a way back. */
export function GroupPeople({ people, search }: GroupPeopleProps) {
  const { community = "" } = useParams();
  const reader = useReader();
  const [isAdding, setAdding] = useState(false);
  const { perform } = usePerform((fields, next) => {
    if (fields["deed"] !== "take") return;
    const { members = "", name = "" } = fields;
    showUndo(m.hub_page_group_taken({ name }), () => next({ deed: "add", members }));
  });
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {m.hub_page_group_add()}
    </Button>
  );
  const query = new URLSearchParams(search === "" ? {} : { search });
  return (
    <Part>
      <SectionHeader title={m.hub_page_group_people()} aside={add} />
      <Row mb="md">
        <SearchBox label={m.hub_page_group_search()} />
      </Row>
      <ListTable
        label={m.hub_page_group_people()}
        columns={columnsFor(perform, reader)}
        rows={people.items}
        rowKey={({ memberId }) => memberId}
        rowName={({ name }) => name}
        rowHref={({ memberId }) => `/console/${community}/members/${memberId}`}
        empty={
          search === "" ? (
            <EmptyState title={m.hub_page_group_nobody()} text={m.hub_page_group_nobody_text()} />
          ) : (
            <EmptyState title={m.members_nobody_found()} text={m.hub_desk_not_found_text()} />
          )
        }
        next={people.next === null ? undefined : `?${query}&after=${encodeURIComponent(people.next)}`}
      />
      {isAdding && <Adding onClose={() => setAdding(false)} />}
    </Part>
  );
}

function addedBy(answer: unknown): number {
  const told = typeof answer === "object" && answer !== null && "added" in answer ? answer.added : 0;
  return typeof told === "number" ? told : 0;
}

function Adding({ onClose }: { onClose: () => void }) {
  const done = (answer: unknown): void => {
    onClose();
    showDone(m.hub_page_group_added({ count: addedBy(answer) }));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<b>{m.hub_page_group_add()}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      <ActionForm onDone={done}>
        <input type="hidden" name="deed" value="add" />
        <MemberPicker name="members" label={m.hub_page_group_members()} />
        <SubmitButton fullWidth>{m.hub_page_group_add()}</SubmitButton>
      </ActionForm>
    </Modal>
  );
}

function columnsFor(perform: Perform, reader: Reader): Column<GroupPerson>[] {
  return [
    { key: "name", title: m.members_column_name(), cell: ({ name }) => name || m.hub_nobody() },
    { key: "by", title: m.hub_page_group_way(), wide: true, cell: ({ by }) => wayNames[by]() },
    {
      key: "since",
      title: m.hub_page_group_since(),
      wide: true,
      short: true,
      cell: ({ since }) => since !== null && formatDateShort(Date.parse(since), reader),
    },
    {
      key: "take",
      title: "",
      align: "right",
      cell: ({ memberId, name, by }) =>
        by === "rule" ? null : (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={m.hub_page_group_take_one({ name })}
            onClick={() => perform({ deed: "take", members: memberId, name })}
          >
            {m.hub_page_group_take()}
          </Button>
        ),
    },
  ];
}
