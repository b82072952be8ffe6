import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { formatNumber } from "#src/web/kit/format.ts";
import { Pager } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";
import { actOnMerges } from "./merge-action.ts";
import { SuggestionCard } from "./suggestion-card.tsx";
import { useSuggestionKeys } from "./suggestion-keys.ts";
import { isSearching, NothingSuggested, SearchState, useSearchNews } from "./suggestion-search.tsx";
import { useMerges } from "./use-merges.ts";
import classes from "./suggestions.module.css";

export const meta = () => [{ title: `${m.members_suggestions_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 10;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const query = new URL(request.url).searchParams;
  const dismissed = query.get("view") === "dismissed";
  const after = query.get("after");
  const ask = { community, dismissed, limit: PAGE_SIZE, ...(after !== null && { after }) };
  const [list, search, about] = await Promise.all([
    api.members.suggestions(ask),
    api.members.search({ community }),
    api.communities.get({ community }),
  ]);
  return { ...list, search, dismissed, isFirst: after === null, mayDecide: allows(about.role, "members.change") };
}

export async function action(args: ActionFunctionArgs) {
  return actOnMerges(args);
}

/** People who may be one, two by two: a queue to go through by mouse or by keyboard. */
export default function SuggestionsPage() {
  const { items, next, waiting, search, dismissed, isFirst, mayDecide } = useLoaderData<typeof loader>();
  const { href } = useQuery();
  const { act, undo, busy } = useMerges();
  const current = useSuggestionKeys(items, { act, undo, mayDecide });
  useSearchNews(search);
  const searchAgain = mayDecide && search.platforms > 1 && search.status !== "never" && !isSearching(search);
  return (
    <>
      <PageHeader
        title={m.members_suggestions_title()}
        lead={m.members_suggestions_lead()}
        action={
          searchAgain && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={18} stroke={1.7} aria-hidden />}
              onClick={() => act({ do: "search" })}
            >
              {m.members_search_again()}
            </Button>
          )
        }
      />
      <Views dismissed={dismissed} waiting={waiting} />
      <SearchState search={search} mayDecide={mayDecide} act={act} />
      {items.length === 0 && <NothingSuggested search={search} mayDecide={mayDecide} act={act} dismissed={dismissed} />}
      {items.length > 0 && mayDecide && !dismissed && <p className={classes["keys"]}>{m.members_suggestion_keys()}</p>}
      <div className={classes["queue"]}>
        {items.map((suggestion) => (
          <SuggestionCard
            key={suggestion.id}
            suggestion={suggestion}
            current={suggestion.id === current}
            mayDecide={mayDecide}
            busy={busy}
            act={act}
          />
        ))}
      </div>
      <Pager
        previous={isFirst ? undefined : href({ after: undefined })}
        next={next === null ? undefined : href({ after: next })}
      />
    </>
  );
}

function Views({ dismissed, waiting }: { dismissed: boolean; waiting: number | null }) {
  const { href } = useQuery();
  const reader = useReader();
  return (
    <ViewTabs
      label={m.members_suggestion_views()}
      tabs={[
        {
          to: href({ view: undefined, after: undefined }),
          label: m.members_view_waiting(),
          current: !dismissed,
          ...(waiting !== null && { count: formatNumber(waiting, reader) }),
        },
        { to: href({ view: "dismissed", after: undefined }), label: m.members_view_dismissed(), current: dismissed },
      ]}
    />
  );
}
