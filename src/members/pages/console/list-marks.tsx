import { Button } from "@mantine/core";
import { useParams } from "react-router";
import { m } from "#words";
import { BulkBar } from "#src/web/kit/bulk-bar.tsx";
import type { Selection } from "#src/web/kit/selection.ts";
import type { Mark, MemberRow } from "../../model.ts";
import type { Tag } from "../../tags/model.ts";
import { ListTags } from "./list-tags.tsx";
import { useMarks } from "./use-marks.ts";

/** What can be done with the ticked members: mark them, or take a mark from those who all bear it. */
export function ListMarks(props: { selection: Selection; rows: readonly MemberRow[]; tags: readonly Tag[] }) {
  const { selection, rows, tags } = props;
  const { community } = useParams();
  const { mark, busy } = useMarks(`/console/${community}/members`, () => selection.set([]));
  const ticked = rows.filter((row) => selection.has(row.id));
  const areStaff = ticked.length > 0 && ticked.every((row) => row.isStaff);
  const areBots = ticked.length > 0 && ticked.every((row) => row.isBot);
  const give = (change: Omit<Mark, "memberId">): void =>
    mark(selection.keys.map((memberId) => ({ memberId, ...change })));
  return (
    <BulkBar selection={selection}>
      <Button size="compact-sm" loading={busy} onClick={() => give({ isStaff: !areStaff })}>
        {areStaff ? m.members_unmark_staff() : m.members_mark_staff()}
      </Button>
      <Button size="compact-sm" variant="default" loading={busy} onClick={() => give({ isBot: !areBots })}>
        {areBots ? m.members_unmark_bot() : m.members_mark_bot()}
      </Button>
      <ListTags selection={selection} rows={rows} tags={tags} />
    </BulkBar>
  );
}
