import { useMemo } from "react";
import {
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaArgs,
  useLoaderData,
} from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { formatMoment, formatZone } from "#src/web/kit/format.ts";
import { formSecret } from "#src/web/kit/form-text.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { useFirstFocus } from "#src/web/kit/use-first-focus.ts";
import { AuditContext, type AuditView } from "./audit/audit-context.ts";
import classes from "./audit/audit.module.css";
import { leadOf } from "./audit/lead.ts";
import { PrintButton, Scope } from "./audit/paper.tsx";
import { Parts } from "./audit/parts.tsx";
import { hasFigures } from "./audit/six-figures.tsx";
import { tellAudit } from "./audit/told.ts";

/** Asks for what is behind the link: a password, or the audit in the reader's language. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { api, language } = context.get(visitContext);
  const found = await api.sharing.shared.audit({ token: params["token"] ?? "" });
  if (found.state === "locked") return found;
  const { audit, definitions, ...rest } = found;
  return { ...rest, audit, texts: tellAudit(audit, definitions, { locale: language, timeZone: audit.timeZone }) };
}

type Loaded = Awaited<ReturnType<typeof loader>>;
type Open = Extract<Loaded, { state: "open" }>;

export async function action({ params, request, context }: ActionFunctionArgs) {
  const password = formSecret(await request.formData(), "password");
  const { sharing } = context.get(visitContext).api;
  return attempt(() => sharing.shared.unlock({ token: params["token"] ?? "", password }));
}

/** A link is for those who were given it: search engines are to leave it alone, and it is kept nowhere on the way. */
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "private, no-store",
});

export const meta = ({ loaderData }: MetaArgs<typeof loader>) => {
  const name = loaderData?.state === "open" ? loaderData.community : undefined;
  return [
    { title: [m.analytics_page_name(), name, m.web_name()].filter(Boolean).join(" · ") },
    { name: "robots", content: "noindex, nofollow" },
  ];
};

/** The audit as somebody without an account reads it: the same report, with nothing to be opened behind it. */
export default function SharedAuditPage() {
  const shared = useLoaderData<typeof loader>();
  return shared.state === "locked" ? <Locked /> : <Report shared={shared} />;
}

function Locked() {
  return (
    <div className={classes["locked"]}>
      <PageHeader title={m.analytics_page_locked()} lead={m.analytics_page_locked_lead()} />
      <ActionForm>
        <PasswordField
          name="password"
          label={m.analytics_page_locked_password()}
          autoComplete="off"
          error={useFieldError("password")}
          ref={useFirstFocus()}
        />
        <SubmitButton fullWidth>{m.analytics_page_locked_open()}</SubmitButton>
      </ActionForm>
    </div>
  );
}

function Report({ shared }: { shared: Open }) {
  const { audit, texts, community } = shared;
  const reader = useReader();
  const view: AuditView = useMemo(
    () => ({ audit, texts, base: "", query: new URLSearchParams(), isShared: true }),
    [audit, texts],
  );
  const until = formatMoment(Date.parse(shared.expiresAt), { ...reader, timeZone: audit.timeZone });
  return (
    <AuditContext value={view}>
      <article className={classes["audit"]}>
        <PageHeader title={m.analytics_page_title()} lead={leadOf(audit, texts.limits)} action={<PrintButton />} />
        <Scope name={community} audit={audit} shown />
        {hasFigures(view) ? (
          <Parts audit={audit} />
        ) : (
          <EmptyState title={m.analytics_page_quiet_title()} text={m.analytics_page_shared_quiet()} />
        )}
        <p className={classes["until"]}>
          {shared.names ? m.analytics_page_shared_names() : m.analytics_page_shared_numbers()}{" "}
          {m.analytics_page_shared_until({ moment: until, zone: formatZone(audit.timeZone, reader) })}
        </p>
      </article>
    </AuditContext>
  );
}
