import { Button, Group, Modal, TextInput } from "@mantine/core";
import { IconBookmarkPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { m } from "#words";
import { showDone } from "#src/web/kit/toast.tsx";
import { LONGEST_SEGMENT_NAME } from "../../segments/model.ts";
import { isNarrowed } from "./list-address.ts";
import { useDeed } from "./use-deed.ts";

function idOf(answer: unknown): string | undefined {
  return typeof answer === "object" && answer !== null && "id" in answer ? String(answer.id) : undefined;
}

/** Saves what narrows the list as a segment under a name; absent where nothing does, inside a segment, and while one is changed. */
export function SaveSegment() {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const { perform, busy } = useDeed((answer) => {
    const id = idOf(answer);
    setOpen(false);
    setName("");
    if (id === undefined) return;
    showDone(m.members_segment_saved({ name }));
    void navigate(`?segment=${id}`);
  });
  if (!isNarrowed(query) || query.has("segment") || query.has("edit")) return null;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== "") perform({ saveSegment: { name, query: query.toString() } });
  };
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconBookmarkPlus size={16} stroke={1.7} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {m.members_segment_save()}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={<b>{m.members_segment_save()}</b>}
        closeButtonProps={{ "aria-label": m.web_close() }}
      >
        <form onSubmit={send}>
          <TextInput
            label={m.members_segment_name()}
            description={m.members_segment_hint()}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={LONGEST_SEGMENT_NAME}
            required
            data-autofocus
          />
          <Group justify="flex-end" gap="xs" mt="lg">
            <Button variant="default" onClick={() => setOpen(false)}>
              {m.web_cancel()}
            </Button>
            <Button type="submit" loading={busy} disabled={name.trim() === ""}>
              {m.members_save()}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
