import { TagsInput } from "@mantine/core";
import { m } from "#words";
import { Tag } from "#src/web/kit/tag.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import type { Member } from "../../model.ts";
import { LONGEST_TAG } from "../../tags/model.ts";
import { useDeed } from "./use-deed.ts";

/** The tags of one member; whoever may change members puts them on and takes them off here. */
export function MemberTags(props: { member: Member; known: readonly string[]; mayChange: boolean }) {
  const { member, known, mayChange } = props;
  const { perform, busy } = useDeed(() => showDone(m.members_tags_saved()));
  if (!mayChange) return <TagWords member={member} />;
  const change = (names: readonly string[]): void => {
    const before = member.tags.map((tag) => tag.name);
    const put = names.map((name) => name.trim()).filter((name) => name !== "" && !before.includes(name));
    const take = member.tags.filter((tag) => !names.includes(tag.name)).map((tag) => tag.id);
    if (put.length + take.length > 0) perform({ tag: { memberIds: [member.id], put, take } });
  };
  return (
    <TagsInput
      label={m.members_tags()}
      description={m.members_tags_hint()}
      data={[...known]}
      value={member.tags.map((tag) => tag.name)}
      onChange={change}
      disabled={busy}
      maxTags={20}
      maxLength={LONGEST_TAG}
      maw={560}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

function TagWords({ member }: { member: Member }) {
  if (member.tags.length === 0) return null;
  return (
    <p style={{ display: "flex", flexWrap: "wrap", gap: 6, margin: 0 }} aria-label={m.members_tags()}>
      {member.tags.map((tag) => (
        <Tag key={tag.id}>{tag.name}</Tag>
      ))}
    </p>
  );
}
