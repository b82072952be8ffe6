import { type LoaderFunctionArgs, useLoaderData, useRevalidator, useSearchParams } from "react-router";
import { m } from "#words";
import { refuse } from "#src/base/refusal.ts";
import { visitContext } from "#src/web/context.ts";
import { FailedState } from "#src/web/kit/states.tsx";
import { askOf } from "./audit/ask.ts";
import { readEvidence } from "./audit/evidence.ts";
import { MembersList } from "./audit/members-list.tsx";
import { MessagesList } from "./audit/messages-list.tsx";

/** Asks for one page of the messages or members behind a number. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const evidence = readEvidence(query.get("of") ?? "");
  if (evidence === undefined) return refuse("not-found", "analytics.nothing-behind");
  const { analytics } = context.get(visitContext).api;
  const [since, until, after] = ["since", "until", "after"].map((name) => query.get(name) ?? undefined);
  // A list is of one period: there is nothing to compare it with.
  const { compare: _, ...asked } = askOf(query);
  const ask = {
    community: params["community"] ?? "",
    ...asked,
    ...(since === undefined ? {} : { from: since }),
    ...(until === undefined ? {} : { to: until }),
    ...(after === undefined ? {} : { after }),
  };
  if (evidence.list === "members") {
    return { list: "members" as const, page: await analytics.membersBehind({ ...ask, behind: evidence.behind }) };
  }
  const { kind, ...fields } = evidence.behind;
  return { list: "messages" as const, page: await analytics.messagesBehind({ ...ask, ...fields, behind: kind }) };
}

/** What stands behind a number of the audit: the inside of the panel that the audit opens over itself. */
export default function Behind() {
  const { list, page } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const key = query.toString();
  return list === "members" ? <MembersList key={key} first={page} /> : <MessagesList key={key} first={page} />;
}

/** A list that could not be had leaves the audit as it is. */
export function ErrorBoundary() {
  const { revalidate } = useRevalidator();
  return <FailedState text={m.analytics_page_panel_failed()} onRetry={() => void revalidate()} />;
}
