import { Button } from "@mantine/core";
import { useState } from "react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { formText } from "#src/web/kit/form-text.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmailField } from "./account-fields.tsx";

export const meta = () => [{ title: `${m.accounts_page_forgot()} · ${m.web_name()}` }];

export async function loader({ context }: LoaderFunctionArgs) {
  return context.get(visitContext).api.accounts.installation({});
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  return attempt(() => context.get(visitContext).api.accounts.askReset({ email: formText(form, "email") }));
}

/** A new password for whoever forgot theirs: by letter, or by a link from an owner where no letters are sent. */
export default function ForgotPage() {
  const { sendsMail } = useLoaderData<typeof loader>();
  const [isAsked, setAsked] = useState(false);
  const back = (
    <Button component={Link} to="/console/sign-in" variant={isAsked || !sendsMail ? "default" : "subtle"} fullWidth>
      {m.accounts_page_forgot_back()}
    </Button>
  );
  if (!sendsMail || isAsked) {
    const lead = isAsked ? m.accounts_page_forgot_sent() : m.accounts_page_forgot_no_mail();
    return (
      <>
        <PageHeader title={m.accounts_page_forgot()} lead={<span role="status">{lead}</span>} />
        {back}
      </>
    );
  }
  return (
    <>
      <PageHeader title={m.accounts_page_forgot()} lead={m.accounts_page_forgot_lead()} />
      <ActionForm onDone={() => setAsked(true)}>
        <EmailField first />
        <SubmitButton fullWidth>{m.accounts_page_forgot_send()}</SubmitButton>
        {back}
      </ActionForm>
    </>
  );
}
