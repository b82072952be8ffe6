import { MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { FormModal } from "#src/web/kit/form-modal.tsx";
import { type Board, boardAccesses } from "../../model.ts";
import type { Choice } from "./group-form.tsx";

/** Whom a board is open to, in words. */
export const accessNames: Record<Board["access"], () => string> = {
  everyone: m.hub_page_access_everyone,
  members: m.hub_page_access_members,
  groups: m.hub_page_access_groups,
};

interface BoardFormProps {
  /** Undefined for a new one. */
  readonly board: Board | undefined;
  readonly groups: readonly Choice[];
  readonly onClose: () => void;
}

/** Makes or changes a board. */
export function BoardForm({ board, groups, onClose }: BoardFormProps) {
  const title = board === undefined ? m.hub_page_board_new() : m.hub_page_board_change_title();
  return (
    <FormModal
      title={title}
      sends={{ deed: "board", board: board?.id ?? "" }}
      submit={board === undefined ? title : m.hub_page_save()}
      onClose={onClose}
    >
      <Fields board={board} groups={groups} />
    </FormModal>
  );
}

function Fields({ board, groups }: Pick<BoardFormProps, "board" | "groups">) {
  const groupsError = useFieldError("groupIds");
  const [access, setAccess] = useState<string | null>(board?.access ?? "everyone");
  return (
    <>
      <TextInput
        name="name"
        label={m.hub_page_board_name()}
        defaultValue={board?.name}
        maxLength={60}
        required
        withAsterisk={false}
        error={useFieldError("name")}
        data-autofocus
      />
      <Textarea
        name="about"
        label={m.hub_page_board_about()}
        defaultValue={board?.about}
        maxLength={300}
        autosize
        minRows={2}
        error={useFieldError("about")}
      />
      <Select
        name="access"
        label={m.hub_page_board_access()}
        data={boardAccesses
          .filter((value) => value !== "groups" || groups.length > 0)
          .map((value) => ({ value, label: accessNames[value]() }))}
        value={access}
        onChange={setAccess}
        allowDeselect={false}
      />
      {access === "groups" && (
        <MultiSelect
          name="groups"
          label={m.hub_page_board_groups()}
          data={groups.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={[...(board?.groupIds ?? [])].filter((id) => groups.some((group) => group.id === id))}
          searchable={groups.length > 10}
          error={groupsError}
        />
      )}
    </>
  );
}
