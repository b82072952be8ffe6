import { Button } from "@mantine/core";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { formatDate } from "#src/web/kit/format.ts";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { AccountFields } from "./account-fields.tsx";
import { DeadLink } from "./dead-link.tsx";
import { roleAbout, roleName } from "./role-name.ts";

export const meta = () => [{ title: `${m.accounts_page_join()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api, user } = context.get(visitContext);
  const { invitation } = await api.accounts.invitation({ token: params["token"] ?? "" });
  return { invitation, me: user === undefined ? undefined : { name: user.name, email: user.email } };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { api, language, user } = context.get(visitContext);
  const token = params["token"] ?? "";
  const form = await request.formData();
  const text = (name: string) => formText(form, name);
  const timeZone = text("timeZone") === "" ? null : text("timeZone");
  const person = {
    name: text("name"),
    email: text("email"),
    password: formSecret(form, "password"),
    language,
    timeZone,
  };
  const joined = await attempt<{ community: string }>(() =>
    user === undefined ? api.accounts.join({ token, ...person }) : api.accounts.accept({ token }),
  );
  return isFailure(joined) ? joined : redirect(`/console/${joined.community}`);
}

/** What an invitation's link opens: who invites where to and as what, and the way in. */
export default function JoinPage() {
  const { invitation, me } = useLoaderData<typeof loader>();
  const reader = useReader();
  if (invitation === null) return <DeadLink text={m.accounts_page_invitation_dead()} />;
  const { community, role, invitedBy, email, expiresAt } = invitation;
  const lead = invitedBy === null ? m.accounts_page_join_lead() : m.accounts_page_join_by({ name: invitedBy });
  return (
    <>
      <PageHeader title={m.accounts_page_join_title({ community })} lead={lead}>
        <p>
          <b>{m.accounts_page_join_role({ role: roleName(role) })}</b> {roleAbout(role)}
        </p>
      </PageHeader>
      {me === undefined ? <NewAccount email={email ?? undefined} /> : <AsMe {...me} />}
      <p style={{ color: "var(--v-dim)" }}>
        {m.accounts_page_join_until({ date: formatDate(Date.parse(expiresAt), reader) })}
      </p>
    </>
  );
}

function AsMe({ name, email }: { name: string; email: string }) {
  return (
    <ActionForm>
      <p style={{ margin: 0 }}>{m.accounts_page_join_as({ name, email })}</p>
      <SubmitButton fullWidth>{m.accounts_page_join()}</SubmitButton>
    </ActionForm>
  );
}

function NewAccount({ email }: { email: string | undefined }) {
  // Signing in leads back here; only the browser's address knows the token.
  const back = typeof location === "undefined" ? "" : `?back=${encodeURIComponent(location.pathname)}`;
  return (
    <ActionForm>
      <AccountFields email={email} />
      <SubmitButton fullWidth>{m.accounts_page_join()}</SubmitButton>
      <Button component={Link} to={`/console/sign-in${back}`} variant="subtle" fullWidth>
        {m.accounts_page_join_have()}
      </Button>
    </ActionForm>
  );
}
