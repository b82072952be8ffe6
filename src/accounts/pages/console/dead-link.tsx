import { Button } from "@mantine/core";
import { IconLinkOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { m } from "#words";
import { EmptyState } from "#src/web/kit/states.tsx";

/** What a one-time link shows that no longer works: why that may be, and where to go. */
export function DeadLink({ text, to = "/console/sign-in", label }: { text: string; to?: string; label?: string }) {
  const away = (
    <Button component={Link} to={to} variant="default">
      {label ?? m.accounts_page_enter()}
    </Button>
  );
  return (
    <EmptyState
      wholePage
      icon={<IconLinkOff size={24} stroke={1.6} aria-hidden />}
      title={m.accounts_page_link_dead_title()}
      text={text}
      action={away}
    />
  );
}
