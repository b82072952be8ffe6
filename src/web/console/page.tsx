import { Button } from "@mantine/core";
import { IconLock, IconMapQuestion } from "@tabler/icons-react";
import { Link, Outlet, useRevalidator, useRouteLoaderData } from "react-router";
import { m } from "#words";
import { EmptyState, FailedState } from "../kit/states.tsx";
import { readPageFault } from "../page-fault.ts";
import type { RootData } from "../root.tsx";

/** The place of a page inside the frame; when the page fails, the frame stays and this place says why. */
export default function PagePlace() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: { error: unknown }) {
  const root = useRouteLoaderData<RootData>("root");
  const { revalidate } = useRevalidator();
  const fault = readPageFault(error);
  const home = (
    <Button component={Link} to="/console" variant="default">
      {m.web_to_start()}
    </Button>
  );
  if (fault.status === 404) {
    const icon = <IconMapQuestion size={24} stroke={1.6} aria-hidden />;
    return (
      <EmptyState
        wholePage
        icon={icon}
        title={m.web_missing_title()}
        text={fault.sentence ?? m.web_missing_text()}
        action={home}
      />
    );
  }
  if (fault.status === 403) {
    const icon = <IconLock size={24} stroke={1.6} aria-hidden />;
    return (
      <EmptyState
        wholePage
        icon={icon}
        title={m.web_forbidden_title()}
        text={fault.sentence ?? m.web_forbidden_text()}
        action={home}
      />
    );
  }
  if (fault.sentence !== undefined) {
    return (
      <FailedState wholePage title={m.web_refused_title()} text={fault.sentence} onRetry={() => void revalidate()} />
    );
  }
  return <FailedState wholePage number={fault.number ?? root?.requestId} onRetry={() => window.location.reload()} />;
}
