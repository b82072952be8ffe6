import { Select, TextInput } from "@mantine/core";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { isLocale } from "#words/runtime";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { type Failure, isFailure } from "#src/web/kit/failure.ts";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { isThemeChoice, tasteCookie } from "#src/web/kit/taste.ts";
import { TimeZoneSelect } from "#src/web/kit/time-zone-select.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import type { Profile } from "../../model.ts";
import { EmailPart } from "./email-part.tsx";
import { FactorsPart } from "./factors-part.tsx";
import { SessionList } from "./session-list.tsx";

export const meta = () => [{ title: `${m.accounts_page_settings()} · ${m.web_name()}` }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const { me, factors: myFactors, emailChange } = api.accounts;
  const [profile, sessions, factors, nextEmail] = await Promise.all([
    me.profile({}),
    me.sessions({}),
    myFactors({}),
    emailChange({}),
  ]);
  return { profile, sessions: sessions.items, factors, nextEmail };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { me } = context.get(visitContext).api.accounts;
  const form = await request.formData();
  const text = (name: string) => formText(form, name);
  const deed = text("deed");
  if (deed === "password") {
    return attempt(() => me.changePassword({ current: formSecret(form, "current"), next: formSecret(form, "next") }));
  }
  if (deed === "session") return attempt(() => me.endSession({ sessionId: text("session") }));
  const [language, theme, timeZone] = [text("language"), text("theme"), text("timeZone")];
  const changed = await attempt(() =>
    me.change({
      name: text("name"),
      language: isLocale(language) ? language : null,
      theme: isThemeChoice(theme) ? theme : "auto",
      timeZone: timeZone === "" ? null : timeZone,
    }),
  );
  return isFailure(changed) ? changed : keptInBrowser(changed);
}

/** The browser keeps the choice too, so that the page before signing in looks the same. */
function keptInBrowser(profile: Profile) {
  const headers = new Headers({ "Set-Cookie": tasteCookie("theme", profile.theme) });
  if (profile.language !== null) headers.append("Set-Cookie", tasteCookie("language", profile.language));
  return data<{ reload: true } | Failure>({ reload: true }, { headers });
}

/** A person's own settings: name, language, theme, clock, address, password, sessions. */
export default function SettingsPage() {
  const { profile, sessions, factors, nextEmail } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.accounts_page_settings()} lead={m.accounts_page_settings_lead()} />
      <Part narrow>
        <SectionHeader title={m.accounts_page_about_me()} />
        {/* The whole page speaks the language, so it is loaded anew. */}
        <ActionForm onDone={() => window.location.reload()}>
          <View profile={profile} />
          <SubmitButton>{m.accounts_page_save()}</SubmitButton>
        </ActionForm>
      </Part>
      <EmailPart email={profile.email} next={nextEmail} hasPasskeys={factors.passkeys.length > 0} />
      <Part narrow>
        <SectionHeader title={m.accounts_page_change_password()} />
        <ActionForm onDone={() => showDone(m.accounts_page_password_changed())} resetOnDone>
          <Passwords email={profile.email} />
          <SubmitButton name="deed" value="password">
            {m.accounts_page_change()}
          </SubmitButton>
        </ActionForm>
      </Part>
      <FactorsPart factors={factors} />
      <Part narrow>
        <SectionHeader title={m.accounts_page_sessions()} />
        <SessionList sessions={sessions} />
      </Part>
    </>
  );
}

function View({ profile }: { profile: Profile }) {
  const languages = [
    { value: "auto", label: m.accounts_page_language_auto() },
    { value: "en", label: "English" },
    { value: "ru", label: "Русский" },
  ];
  const themes = [
    { value: "auto", label: m.accounts_page_theme_auto() },
    { value: "light", label: m.accounts_page_theme_light() },
    { value: "dark", label: m.accounts_page_theme_dark() },
  ];
  return (
    <>
      <TextInput
        name="name"
        label={m.accounts_page_name()}
        defaultValue={profile.name}
        required
        withAsterisk={false}
        maxLength={100}
        error={useFieldError("name")}
      />
      <Select
        name="language"
        label={m.accounts_page_language()}
        data={languages}
        defaultValue={profile.language ?? "auto"}
        allowDeselect={false}
      />
      <Select
        name="theme"
        label={m.accounts_page_theme()}
        data={themes}
        defaultValue={profile.theme}
        allowDeselect={false}
      />
      <TimeZoneSelect
        name="timeZone"
        label={m.accounts_page_time_zone()}
        description={m.accounts_page_time_zone_hint()}
        value={profile.timeZone ?? undefined}
        automatic={m.accounts_page_time_zone_auto()}
        error={useFieldError("timeZone")}
      />
    </>
  );
}

function Passwords({ email }: { email: string }) {
  const field = { required: true, withAsterisk: false } as const;
  return (
    <>
      {/* Password managers look for whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <PasswordField
        {...field}
        name="current"
        label={m.accounts_page_current_password()}
        autoComplete="current-password"
        error={useFieldError("current")}
      />
      <PasswordField
        {...field}
        name="next"
        label={m.accounts_page_next_password()}
        description={m.accounts_page_password_hint()}
        autoComplete="new-password"
        minLength={12}
        maxLength={128}
        error={useFieldError("next")}
      />
    </>
  );
}
