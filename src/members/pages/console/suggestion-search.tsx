import { Alert, Button } from "@mantine/core";
import { IconFileImport, IconUsersGroup } from "@tabler/icons-react";
import { useEffect } from "react";
import { Link, useParams, useRevalidator } from "react-router";
import type * as z from "zod";
import { m } from "#words";
import { formatMoment, formatNumber } from "#src/web/kit/format.ts";
import { ProgressPanel } from "#src/web/kit/progress-panel.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { useChanges } from "#src/web/kit/use-changes.ts";
import type { searchSchema } from "../../merging/model.ts";
import type { MergeDeed } from "./merge-action.ts";

/** A search as the API tells of it. */
export type ShownSearch = z.infer<typeof searchSchema>;

/** How often a page asks while a search runs and nobody tells of it, in milliseconds. */
const ASK_EVERY_MS = 2000;

/** Whether a search is at work. */
export function isSearching({ status }: ShownSearch): boolean {
  return status === "waiting" || status === "running" || status === "cancelling";
}

/** Keeps the page up to date while a search is under way, and when the list of members was counted anew. */
export function useSearchNews(search: ShownSearch): void {
  const { community } = useParams();
  const { revalidate } = useRevalidator();
  const underWay = isSearching(search);
  useChanges({ community, topics: ["suggestions", "members.list"], asksAtFirst: true }, () => void revalidate());
  useEffect(() => {
    if (!underWay) return undefined;
    const timer = setInterval(() => void revalidate(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [underWay, revalidate]);
}

interface SearchProps {
  readonly search: ShownSearch;
  readonly mayDecide: boolean;
  readonly act: (deed: MergeDeed) => void;
}

function stageOf(search: ShownSearch, accounts: string): string {
  if (search.stage === "reading") return m.members_search_reading();
  return search.stage === "comparing" ? m.members_search_comparing({ accounts }) : m.members_search_writing();
}

/** How far a search is, that it failed, or when the last one was. */
export function SearchState({ search, mayDecide, act }: SearchProps) {
  const reader = useReader();
  const accounts = formatNumber(search.accounts, reader);
  if (isSearching(search))
    return (
      <ProgressPanel
        title={m.members_search_going()}
        share={search.stage === "comparing" ? search.share : undefined}
        detail={stageOf(search, accounts)}
        cancelling={search.status === "cancelling"}
        {...(mayDecide && { onCancel: () => act({ do: "stop" }) })}
      />
    );
  if (search.status === "failed")
    return (
      <Alert color="danger" variant="light" role="alert" title={m.members_search_failed()}>
        {m.members_search_failed_text()}
      </Alert>
    );
  if (search.status === "cancelled")
    return (
      <Alert color="accent" variant="light">
        {m.members_search_stopped()}
      </Alert>
    );
  if (search.completeAt === null) return null;
  return (
    <p role="status" style={{ margin: "0 0 16px", fontSize: 13, color: "var(--v-dim)" }}>
      {m.members_search_last({ moment: formatMoment(Date.parse(search.completeAt), reader), accounts })}
    </p>
  );
}

/** Why there is nothing to decide, and what to do about it. */
export function NothingSuggested({ search, mayDecide, act, dismissed }: SearchProps & { dismissed: boolean }) {
  const { community } = useParams();
  const icon = <IconUsersGroup size={24} stroke={1.6} aria-hidden />;
  if (dismissed)
    return <EmptyState icon={icon} title={m.members_none_dismissed()} text={m.members_none_dismissed_text()} />;
  if (search.platforms < 2)
    return (
      <EmptyState
        icon={icon}
        title={m.members_one_platform()}
        text={m.members_one_platform_text()}
        action={
          <Button
            component={Link}
            to={`/console/${community}/imports/new`}
            variant="default"
            leftSection={<IconFileImport size={18} stroke={1.7} aria-hidden />}
          >
            {m.members_import()}
          </Button>
        }
      />
    );
  if (isSearching(search)) return null;
  if (search.completeAt === null)
    return (
      <EmptyState
        icon={icon}
        title={m.members_never_searched()}
        text={m.members_never_searched_text()}
        action={mayDecide && <Button onClick={() => act({ do: "search" })}>{m.members_search_start()}</Button>}
      />
    );
  return <EmptyState icon={icon} title={m.members_none_suggested()} text={m.members_none_suggested_text()} />;
}
