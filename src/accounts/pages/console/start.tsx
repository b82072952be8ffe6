import { Button, TextInput } from "@mantine/core";
import { IconLinkOff } from "@tabler/icons-react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { PageHeader, Step } from "#src/web/kit/page-header.tsx";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { useFirstFocus } from "#src/web/kit/use-first-focus.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { TimeZoneField } from "./time-zone-field.tsx";

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
  if (!works) return <DeadLink />;
  return (
    <>
      <Step text={m.accounts_page_start_step({ step: 1 })} />
      <PageHeader title={m.accounts_page_start_title()} lead={m.accounts_page_start_lead()} />
      <ActionForm>
        <Fields />
        <SubmitButton fullWidth>{m.accounts_page_create_account()}</SubmitButton>
      </ActionForm>
    </>
  );
}

function Fields() {
  return (
    <>
      <TextInput
        name="name"
        label={m.accounts_page_name()}
        description={m.accounts_page_name_hint()}
        autoComplete="name"
        maxLength={100}
        required
        withAsterisk={false}
        error={useFieldError("name")}
        ref={useFirstFocus()}
      />
      <TextInput
        name="email"
        type="email"
        label={m.accounts_page_email()}
        autoComplete="username"
        required
        withAsterisk={false}
        error={useFieldError("email")}
      />
      <PasswordField
        name="password"
        label={m.accounts_page_password()}
        description={m.accounts_page_password_hint()}
        autoComplete="new-password"
        minLength={12}
        maxLength={128}
        required
        withAsterisk={false}
        error={useFieldError("password")}
      />
      <TimeZoneField />
    </>
  );
}

function DeadLink() {
  const enter = (
    <Button component={Link} to="/console/sign-in" variant="default">
      {m.accounts_page_enter()}
    </Button>
  );
  return (
    <EmptyState
      wholePage
      icon={<IconLinkOff size={24} stroke={1.6} aria-hidden />}
      title={m.accounts_page_link_dead_title()}
      text={m.accounts_page_link_dead_text()}
      action={enter}
    />
  );
}
