import { Button, Menu, TextInput } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { m } from "#words";
import type { Selection } from "#src/web/kit/selection.ts";
import { showUndo } from "#src/web/kit/toast.tsx";
import type { MemberRow } from "../../model.ts";
import { LONGEST_TAG, type Tag } from "../../tags/model.ts";
import { useDeed } from "./use-deed.ts";

interface Tagged {
  readonly put: readonly { memberId: string; tagId: string }[];
}

// The answer is that of `tagMembers`, which the page itself has asked for.
const putOf = (answer: unknown): Tagged["put"] => (answer as Partial<Tagged>).put ?? [];

/** Puts a tag on the ticked members, an old one or a new one, or takes it off when they all bear it. */
export function ListTags(props: { selection: Selection; rows: readonly MemberRow[]; tags: readonly Tag[] }) {
  const { selection, rows, tags } = props;
  const { perform, busy } = useDeed((answer, deed, next) => {
    if (!("tag" in deed)) return;
    const put = putOf(answer);
    const [tagId] = put.map((each) => each.tagId);
    const memberIds = [...new Set(put.map((each) => each.memberId))];
    if (tagId === undefined) return;
    showUndo(m.members_tagged({ count: memberIds.length }), () => next({ tag: { memberIds, put: [], take: [tagId] } }));
  });
  const ticked = rows.filter((row) => selection.has(row.id));
  const isBorne = (tag: Tag): boolean =>
    ticked.length > 0 && ticked.every((row) => row.tags.some(({ id }) => id === tag.id));
  const put = (name: string): void => perform({ tag: { memberIds: selection.keys, put: [name], take: [] } });
  const take = (id: string): void => perform({ tag: { memberIds: selection.keys, put: [], take: [id] } });
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          leftSection={<IconTag size={16} stroke={1.7} aria-hidden />}
        >
          {m.members_tag_them()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {tags.map((tag) => (
          <Menu.Item key={tag.id} onClick={() => (isBorne(tag) ? take(tag.id) : put(tag.name))}>
            {isBorne(tag) ? m.members_untag({ name: tag.name }) : tag.name}
          </Menu.Item>
        ))}
        {tags.length > 0 && <Menu.Divider />}
        <NewTag put={put} />
      </Menu.Dropdown>
    </Menu>
  );
}

function NewTag({ put }: { put: (name: string) => void }) {
  const [name, setName] = useState("");
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === "") return;
    put(name);
    setName("");
  };
  return (
    <form onSubmit={send} style={{ padding: 8, display: "flex", gap: 8 }}>
      <TextInput
        size="xs"
        aria-label={m.members_new_tag()}
        placeholder={m.members_new_tag()}
        maxLength={LONGEST_TAG}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Button type="submit" size="xs">
        {m.members_put_tag()}
      </Button>
    </form>
  );
}
