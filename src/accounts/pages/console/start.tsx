import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { PageHeader, Step } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { AccountFields } from "./account-fields.tsx";
import { DeadLink } from "./dead-link.tsx";

export const meta = () => [{ title: `${m.accounts_page_start_title()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return context.get(visitContext).api.accounts.startLink({ token: params["token"] ?? "" });
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { api, language } = context.get(visitContext);
  const form = await request.formData();
  const text = (name: string) => formText(form, name);
  const person = { name: text("name"), email: text("email"), password: formSecret(form, "password") };
  const timeZone = text("timeZone") === "" ? null : text("timeZone");
  const done = await attempt(() => api.accounts.claim({ token: params["token"] ?? "", ...person, language, timeZone }));
  return isFailure(done) ? done : redirect("/console/communities/new");
}

/** The first page anybody sees: the one-time link makes the owner. */
export default function StartPage() {
  const { works } = useLoaderData<typeof loader>();
  if (!works) return <DeadLink text={m.accounts_page_link_dead_text()} />;
  return (
    <>
      <Step text={m.accounts_page_start_step({ step: 1 })} />
      <PageHeader title={m.accounts_page_start_title()} lead={m.accounts_page_start_lead()} />
      <ActionForm>
        <AccountFields />
        <SubmitButton fullWidth>{m.accounts_page_create_account()}</SubmitButton>
      </ActionForm>
    </>
  );
}
