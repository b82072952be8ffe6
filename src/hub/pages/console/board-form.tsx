import { Modal, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { type Board, boardAccesses } from "../../model.ts";

/** Whom a board is open to, in words. */
export const accessNames: Record<Board["access"], () => string> = {
  everyone: m.hub_page_access_everyone,
  members: m.hub_page_access_members,
  tag: m.hub_page_access_tag,
};

/** One of the team's tags, by which a board can be kept for a circle of people. */
export interface TagChoice {
  readonly id: string;
  readonly name: string;
}

interface BoardFormProps {
  /** Undefined for a new one. */
  readonly board: Board | undefined;
  readonly tags: readonly TagChoice[];
  readonly onClose: () => void;
}

/** Makes or changes a board. */
export function BoardForm({ board, tags, onClose }: BoardFormProps) {
  const title = board === undefined ? m.hub_page_board_new() : m.hub_page_board_change_title();
  return (
    <Modal opened onClose={onClose} title={<b>{title}</b>} closeButtonProps={{ "aria-label": m.web_close() }}>
      <ActionForm onDone={onClose}>
        <input type="hidden" name="deed" value="board" />
        <input type="hidden" name="board" value={board?.id ?? ""} />
        <Fields board={board} tags={tags} />
        <SubmitButton fullWidth>{board === undefined ? title : m.hub_page_save()}</SubmitButton>
      </ActionForm>
    </Modal>
  );
}

function Fields({ board, tags }: Pick<BoardFormProps, "board" | "tags">) {
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
          .filter((value) => value !== "tag" || tags.length > 0)
          .map((value) => ({ value, label: accessNames[value]() }))}
        value={access}
        onChange={setAccess}
        allowDeselect={false}
      />
      {access === "tag" && (
        <Select
          name="tagId"
          label={m.hub_page_board_tag()}
          data={tags.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={board?.tagId ?? tags[0]?.id ?? null}
          allowDeselect={false}
        />
      )}
    </>
  );
}
