import { Button } from "@mantine/core";
import { IconShare } from "@tabler/icons-react";
import { useMemo } from "react";
import {
  Link,
  type LoaderFunctionArgs,
  type MetaArgs,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useResolvedPath,
  useSearchParams,
} from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { changedQuery } from "#src/web/kit/address.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import type { BroughtNumbers } from "../../model.ts";
import { askOf, sameAsk } from "./audit/ask.ts";
import { AuditContext, auditQuery, type AuditView } from "./audit/audit-context.ts";
import classes from "./audit/audit.module.css";
import { Brought } from "./audit/brought.tsx";
import { Choices, type Saved } from "./audit/choices.tsx";
import { EvidencePanel } from "./audit/evidence-panel.tsx";
import { launchAhead, LaunchStrip } from "./audit/launch-strip.tsx";
import { leadOf } from "./audit/lead.ts";
import { News } from "./audit/news.tsx";
import { PrintButton, Scope } from "./audit/paper.tsx";
import { Parts } from "./audit/parts.tsx";
import { hasFigures } from "./audit/six-figures.tsx";
import { NobodyWrote, NothingStored } from "./audit/states.tsx";
import { tellAudit } from "./audit/told.ts";

/** Asks for the audit and turns its names into sentences of the reader's language. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { api, language } = context.get(visitContext);
  const ask = { community: params["community"] ?? "", ...askOf(new URL(request.url).searchParams) };
  const [audit, saved, definitions, { name, role }, launch] = await Promise.all([
    api.analytics.audit(ask),
    api.members.segments({ community: ask.community }),
    api.analytics.definitions({ community: ask.community }),
    api.communities.get({ community: ask.community }),
    api.hub.launch.get({ community: ask.community }),
  ]);
  const { from, to } = audit.period;
  const brought = await api.analytics.brought({ community: ask.community, from, to, spaces: ask.spaces });
  return {
    name,
    brought,
    saved: saved.items.map(({ id, name: called }) => ({ id, name: called })),
    mayShare: allows(role, "analytics.share"),
    launch: launchAhead(launch, audit.history === null),
    audit,
    texts: tellAudit(audit, definitions.items, { locale: language, timeZone: audit.timeZone }),
  };
}

/** A panel that opens over the audit, or one that closes, changes nothing in the audit itself. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  if (formMethod !== undefined && formMethod !== "GET") return defaultShouldRevalidate;
  if (currentUrl.href === nextUrl.href) return defaultShouldRevalidate;
  return !sameAsk(currentUrl, nextUrl);
}

export const meta = ({ loaderData }: MetaArgs<typeof loader>) => [
  { title: [m.analytics_page_name(), loaderData?.name, m.web_name()].filter(Boolean).join(" · ") },
];

/** What is this community? The audit of any period, spaces and members, as one report. */
export default function AuditPage() {
  const { name, mayShare, audit, saved, brought, texts, launch } = useLoaderData<typeof loader>();
  const base = useResolvedPath(".").pathname;
  const [search] = useSearchParams();
  const view: AuditView = useMemo(
    () => ({ audit, texts, base, query: auditQuery(search), isShared: false }),
    [audit, texts, base, search],
  );
  return (
    <AuditContext value={view}>
      <article className={classes["audit"]}>
        <PageHeader
          title={m.analytics_page_title()}
          {...(audit.history === null
            ? {}
            : { lead: leadOf(audit, texts.limits), action: <TakeAway view={view} mayShare={mayShare} /> })}
        />
        {audit.history !== null && <Scope name={name} audit={audit} />}
        {launch !== undefined && <LaunchStrip launch={launch} base={base} />}
        <News audit={audit} />
        <Report view={view} brought={brought} saved={saved} />
      </article>
      <EvidencePanel />
    </AuditContext>
  );
}

/** Ways to hand the audit on: on paper, and to people without an account. */
function TakeAway({ view, mayShare }: { view: AuditView; mayShare: boolean }) {
  return (
    <div className={classes["take"]}>
      {mayShare && (
        <Button
          component={Link}
          variant="default"
          to={`${view.base}/sharing${changedQuery(view.query, { new: "link" })}`}
          leftSection={<IconShare size={16} stroke={1.7} aria-hidden />}
        >
          {m.analytics_page_share()}
        </Button>
      )}
      <PrintButton />
    </div>
  );
}

function Report({ view, brought, saved }: { view: AuditView; brought: BroughtNumbers; saved: readonly Saved[] }) {
  const { audit } = view;
  if (audit.history === null)
    return (
      <>
        <NothingStored imports={view.base.replace(/audit$/, "imports")} />
        <Brought numbers={brought} />
      </>
    );
  return (
    <>
      <div className={classes["choices"]}>
        <Choices audit={audit} saved={saved} />
      </div>
      {hasFigures(view) ? <Parts audit={audit} brought={brought} /> : <NobodyWrote history={audit.history} />}
    </>
  );
}
