import { type LoaderFunctionArgs, useLoaderData, useSearchParams } from "react-router";
import { refuse } from "#src/base/refusal.ts";
import { visitContext } from "#src/web/context.ts";
import { SidePanel } from "#src/web/kit/side-panel.tsx";
import { useAudit } from "./audit/audit-context.ts";
import { askOf } from "./audit/ask.ts";
import { behindTitle } from "./audit/behind-title.ts";
import { readEvidence } from "./audit/evidence.ts";
import { MembersList } from "./audit/members-list.tsx";
import { MessagesList } from "./audit/messages-list.tsx";
import { useReader } from "#src/web/kit/reader.ts";

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

/** What stands behind a number of the audit, in a panel over it. */
export default function BehindPanel() {
  const loaded = useLoaderData<typeof loader>();
  const view = useAudit();
  const reader = useReader();
  const [query] = useSearchParams();
  const evidence = readEvidence(query.get("of") ?? "");
  if (evidence === undefined) return null;
  const rest = view.query.toString();
  const key = query.toString();
  return (
    <SidePanel
      open
      title={behindTitle(evidence, loaded, reader)}
      closeTo={rest === "" ? view.base : `${view.base}?${rest}`}
    >
      {loaded.list === "members" ? (
        <MembersList key={key} first={loaded.page} />
      ) : (
        <MessagesList key={key} first={loaded.page} />
      )}
    </SidePanel>
  );
}
