import { Button } from "@mantine/core";
import { useState } from "react";
import {
  type ActionFunctionArgs,
  Link,
  type LoaderFunctionArgs,
  useActionData,
  useLoaderData,
  type ShouldRevalidateFunctionArgs,
} from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { DeadLink } from "./dead-link.tsx";

export const meta = () => [
  { title: `${m.accounts_page_email_confirm()} · ${m.web_name()}` },
  { name: "robots", content: "noindex" },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return context.get(visitContext).api.accounts.emailLink({ token: params["token"] ?? "" });
}

export async function action({ context, params }: ActionFunctionArgs) {
  const { accounts } = context.get(visitContext).api;
  const token = params["token"] ?? "";
  const { email } = await accounts.emailLink({ token });
  const done = await attempt(() => accounts.confirmEmail({ token }));
  return isFailure(done) ? done : { email };
}

/** Confirming uses the link up: asked again, the loader would call dead what has just worked. */
export function shouldRevalidate({ formAction, currentUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formAction !== currentUrl.pathname && defaultShouldRevalidate;
}

/** Where the link in a letter leads that asks whether an address is theirs. Opening it alone changes nothing. */
export default function ConfirmEmailPage() {
  const { email } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const withoutScript = answer === undefined || isFailure(answer) ? undefined : answer.email;
  // The link is used up then, and the page would call it dead.
  const [done, setDone] = useState<string>();
  const confirmed = done ?? withoutScript;
  if (typeof confirmed === "string") return <Confirmed email={confirmed} />;
  if (email === null) {
    return (
      <DeadLink text={m.accounts_page_email_dead()} to="/console/settings" label={m.accounts_page_email_to_console()} />
    );
  }
  return (
    <>
      <PageHeader title={m.accounts_page_email_confirm()} lead={m.accounts_page_email_confirm_lead({ email })} />
      <ActionForm onDone={() => setDone(email)}>
        <SubmitButton fullWidth>{m.accounts_letter_email_button()}</SubmitButton>
      </ActionForm>
    </>
  );
}

function Confirmed({ email }: { email: string }) {
  return (
    <>
      <PageHeader title={m.accounts_page_email_changed()} lead={m.accounts_page_email_confirm_done({ email })} />
      <Button component={Link} to="/console/settings" fullWidth>
        {m.accounts_page_email_to_console()}
      </Button>
    </>
  );
}
