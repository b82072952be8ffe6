import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { formSecret } from "#src/web/kit/form-text.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { NewPasswordField } from "./account-fields.tsx";
import { DeadLink } from "./dead-link.tsx";

export const meta = () => [{ title: `${m.accounts_page_reset()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return context.get(visitContext).api.accounts.resetLink({ token: params["token"] ?? "" });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { api } = context.get(visitContext);
  const password = formSecret(await request.formData(), "password");
  const done = await attempt(() => api.accounts.resetPassword({ token: params["token"] ?? "", password }));
  return isFailure(done) ? done : redirect("/console/sign-in?reset=done");
}

/** Where the link for a new password leads. */
export default function ResetPage() {
  const { works } = useLoaderData<typeof loader>();
  if (!works) {
    return <DeadLink text={m.accounts_page_reset_dead()} to="/console/forgot" label={m.accounts_page_forgot_again()} />;
  }
  return (
    <>
      <PageHeader title={m.accounts_page_reset()} lead={m.accounts_page_reset_lead()} />
      <ActionForm>
        <NewPasswordField label={m.accounts_page_next_password()} />
        <SubmitButton fullWidth>{m.accounts_page_reset_save()}</SubmitButton>
      </ActionForm>
    </>
  );
}
