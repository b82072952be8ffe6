import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import {
  type LoaderFunctionArgs,
  type MetaArgs,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useResolvedPath,
  useSearchParams,
} from "react-router";
import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { visitContext } from "#src/web/context.ts";
import { formatPeriod } from "#src/web/kit/format.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { Alive } from "./audit/alive.tsx";
import { askOf, sameAsk } from "./audit/ask.ts";
import { AuditContext, auditQuery, type AuditView } from "./audit/audit-context.ts";
import classes from "./audit/audit.module.css";
import { Carriers } from "./audit/carriers.tsx";
import { Choices } from "./audit/choices.tsx";
import { Comeback } from "./audit/comeback.tsx";
import { Core } from "./audit/core.tsx";
import { EvidencePanel } from "./audit/evidence-panel.tsx";
import { Footnotes } from "./audit/footnotes.tsx";
import { Growth } from "./audit/growth.tsx";
import { Headline } from "./audit/headline.tsx";
import { leadOf } from "./audit/lead.ts";
import { News } from "./audit/news.tsx";
import { Newcomers } from "./audit/newcomers.tsx";
import { Questions } from "./audit/questions.tsx";
import { SilentParts } from "./audit/silent-parts.tsx";
import { type CautiousPart, silentParts } from "./audit/spoken.ts";
import { Signals } from "./audit/signals.tsx";
import { SixFigures, hasFigures } from "./audit/six-figures.tsx";
import { Spaces } from "./audit/spaces.tsx";
import { NobodyWrote, NothingStored } from "./audit/states.tsx";
import { Talk } from "./audit/talk.tsx";
import { tellAudit } from "./audit/told.ts";

/** Asks for the audit and turns its names into sentences of the reader's language. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { api, language } = context.get(visitContext);
  const ask = { community: params["community"] ?? "", ...askOf(new URL(request.url).searchParams) };
  const [audit, definitions, { name }] = await Promise.all([
    api.analytics.audit(ask),
    api.analytics.definitions({ community: ask.community }),
    api.communities.get({ community: ask.community }),
  ]);
  return {
    name,
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
  const { name, audit, texts } = useLoaderData<typeof loader>();
  const base = useResolvedPath(".").pathname;
  const [search] = useSearchParams();
  const view: AuditView = useMemo(
    () => ({ audit, texts, base, query: auditQuery(search) }),
    [audit, texts, base, search],
  );
  return (
    <AuditContext value={view}>
      <article className={classes["audit"]}>
        <PageHeader
          title={m.analytics_page_title()}
          {...(audit.history === null ? {} : { lead: leadOf(audit, texts.limits), action: <PrintButton /> })}
        />
        {audit.history !== null && <PaperScope name={name} audit={audit} />}
        <News audit={audit} />
        <Report view={view} />
      </article>
      <EvidencePanel />
    </AuditContext>
  );
}

/** On paper nothing else says which community, days and members the report is about. */
function PaperScope({ name, audit }: { name: string; audit: AuditView["audit"] }) {
  const reader = useReader();
  const [from, to] = [audit.period.from, audit.period.to].map((date) => dateToDay(date) ?? 0);
  const spaces = audit.spaces.map((space) => space.name).join(", ");
  const scope = [
    name,
    formatPeriod(from ?? 0, to ?? 0, reader),
    spaces === "" ? m.analytics_page_all_spaces() : spaces,
    m.analytics_page_segment_name({ segment: audit.segment }),
  ];
  return <p className={classes["scope"]}>{scope.join(" · ")}</p>;
}

function PrintButton() {
  return (
    <Button
      className={classes["print"] ?? ""}
      variant="default"
      leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden />}
      onClick={() => globalThis.print()}
    >
      {m.analytics_page_print()}
    </Button>
  );
}

function Report({ view }: { view: AuditView }) {
  const { audit } = view;
  if (audit.history === null) return <NothingStored imports={view.base.replace(/audit$/, "imports")} />;
  return (
    <>
      <div className={classes["choices"]}>
        <Choices audit={audit} />
      </div>
      {hasFigures(view) ? <Parts audit={audit} /> : <NobodyWrote history={audit.history} />}
    </>
  );
}

function Parts({ audit }: { audit: AuditView["audit"] }) {
  const silent = silentParts(audit);
  const unless = (part: CautiousPart, content: ReactNode) => (silent.includes(part) ? null : content);
  return (
    <>
      <Headline />
      <SixFigures />
      <Growth />
      {unless("return", <Comeback />)}
      {unless("carriers", <Carriers />)}
      <Core />
      {unless("newcomers", <Newcomers />)}
      {unless("questions", <Questions />)}
      {unless("alive", <Alive />)}
      {unless("talk", <Talk />)}
      <Spaces />
      {unless("stood-out", <Signals />)}
      <SilentParts parts={silent} />
      <Footnotes />
    </>
  );
}
