import { Button, Stack, TextInput } from "@mantine/core";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { leaveFor } from "#src/web/kit/leave.ts";
import { ownPath } from "#src/web/kit/own-path.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { useFirstFocus } from "#src/web/kit/use-first-focus.ts";
import { callApi } from "./api-call.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { signWithPasskey } from "./passkey-browser.ts";

export const meta = () => [{ title: `${m.accounts_page_second()} · ${m.web_name()}` }];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, user } = context.get(visitContext);
  const back = ownPath(new URL(request.url).searchParams.get("back"), "/console");
  if (user !== undefined) leaveFor(back);
  const { awaited } = await api.accounts.awaitedFactor({});
  if (awaited.length === 0) leaveFor(`/console/sign-in?back=${encodeURIComponent(back)}`);
  return { awaited, back };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { api } = context.get(visitContext);
  const form = await request.formData();
  const done = await attempt(() => api.accounts.finishSignIn({ code: formText(form, "code") }));
  return isFailure(done) ? done : redirect(ownPath(form.get("back"), "/console"));
}

/** After the password: the second factor. */
export default function SecondFactorPage() {
  const { awaited, back } = useLoaderData<typeof loader>();
  const byPasskey = async () => {
    const passkey = await signWithPasskey("/session/second-factor/passkey");
    await callApi("POST", "/session/second-factor", { passkey });
    location.assign(back);
  };
  const takesCode = awaited.includes("code");
  return (
    <>
      <PageHeader title={m.accounts_page_second()} lead={m.accounts_page_second_lead()} />
      <Stack gap="md">
        {awaited.includes("passkey") && <PasskeyButton label={m.accounts_page_passkey_use()} onSign={byPasskey} />}
        <ActionForm>
          <input type="hidden" name="back" value={back} />
          <CodeField takesCode={takesCode} />
          <SubmitButton fullWidth>{m.accounts_page_enter()}</SubmitButton>
          <Button component={Link} to="/console/sign-in" variant="subtle" fullWidth>
            {m.accounts_page_second_again()}
          </Button>
        </ActionForm>
      </Stack>
    </>
  );
}

function CodeField({ takesCode }: { takesCode: boolean }) {
  return (
    <TextInput
      name="code"
      label={takesCode ? m.accounts_page_second_code() : m.accounts_page_second_backup()}
      description={takesCode ? m.accounts_page_second_code_hint() : m.accounts_page_second_backup_hint()}
      autoComplete="one-time-code"
      maxLength={40}
      required
      withAsterisk={false}
      ref={useFirstFocus()}
    />
  );
}
