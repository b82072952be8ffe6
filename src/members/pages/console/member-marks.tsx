import { Button, Group } from "@mantine/core";
import { IconRobot, IconUserShield } from "@tabler/icons-react";
import { useParams } from "react-router";
import { m } from "#words";
import type { Member } from "../../model.ts";
import { useMarks } from "./use-marks.ts";

const sign = { size: 16, stroke: 1.7, "aria-hidden": true };

/** Buttons that mark one member as team or bot, or take the mark away. */
export function MemberMarks({ member }: { member: Pick<Member, "id" | "isStaff" | "isBot"> }) {
  const { community } = useParams();
  const { mark, busy } = useMarks(`/console/${community}/members`);
  const { id, isStaff, isBot } = member;
  return (
    <Group gap="xs">
      <Button
        variant="default"
        size="compact-sm"
        loading={busy}
        leftSection={<IconUserShield {...sign} />}
        onClick={() => mark([{ memberId: id, isStaff: !isStaff }])}
      >
        {isStaff ? m.members_unmark_staff() : m.members_mark_staff()}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        loading={busy}
        leftSection={<IconRobot {...sign} />}
        onClick={() => mark([{ memberId: id, isBot: !isBot }])}
      >
        {isBot ? m.members_unmark_bot() : m.members_mark_bot()}
      </Button>
    </Group>
  );
}
