import { Button } from "@mantine/core";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { leaveFor } from "#src/web/kit/leave.ts";
import { ownPath } from "#src/web/kit/own-path.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { isFailure } from "#src/web/kit/failure.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Mark } from "#src/web/kit/mark.tsx";
import { EmailField } from "./account-fields.tsx";
import { callApi } from "./api-call.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { signWithPasskey } from "./passkey-browser.ts";

export const meta = () => [{ title: `${m.accounts_page_sign_in()} · ${m.web_name()}` }];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, user } = context.get(visitContext);
  const back = ownPath(new URL(request.url).searchParams.get("back"), "/console");
  if (user !== undefined) leaveFor(back);
  const isReset = new URL(request.url).searchParams.get("reset") === "done";
  return { back, isReset, ...(await api.accounts.installation({})) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { api } = context.get(visitContext);
  const form = await request.formData();
  const [email, password] = [formText(form, "email"), formSecret(form, "password")];
  const back = ownPath(form.get("back"), "/console");
  const done = await attempt(() => api.accounts.signIn({ email, password }));
  if (isFailure(done)) return done;
  return redirect(done.isIn ? back : `/console/sign-in/second?back=${encodeURIComponent(back)}`);
}

/** The way in for whoever has an account. */
export default function SignInPage() {
  const { back, hasOwner, isReset } = useLoaderData<typeof loader>();
  if (!hasOwner)
    return (
      <EmptyState
        wholePage
        icon={<Mark size={24} />}
        title={m.accounts_page_start_title()}
        text={m.accounts_page_no_owner()}
      />
    );
  return (
    <>
      <PageHeader
        title={m.accounts_page_sign_in()}
        lead={isReset ? m.accounts_page_reset_done() : m.accounts_page_sign_in_lead()}
      />
      <ActionForm>
        <input type="hidden" name="back" value={back} />
        <Fields />
        <SubmitButton fullWidth>{m.accounts_page_enter()}</SubmitButton>
        <PasskeyButton label={m.accounts_page_passkey_sign_in()} onSign={() => byPasskey(back)} />
        <Button component={Link} to="/console/forgot" variant="subtle" fullWidth>
          {m.accounts_page_forgot()}
        </Button>
      </ActionForm>
    </>
  );
}

async function byPasskey(back: string): Promise<void> {
  await callApi("POST", "/session/passkey", await signWithPasskey("/session/passkey/challenge"));
  location.assign(back);
}

function Fields() {
  return (
    <>
      <EmailField first />
      <PasswordField
        name="password"
        label={m.accounts_page_password()}
        autoComplete="current-password"
        required
        withAsterisk={false}
        error={useFieldError("password")}
      />
    </>
  );
}
