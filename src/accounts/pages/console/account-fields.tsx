import { TextInput } from "@mantine/core";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { useFirstFocus } from "#src/web/kit/use-first-focus.ts";
import { TimeZoneField } from "./time-zone-field.tsx";

/** A new password, with what is asked of one. */
export function NewPasswordField({ name = "password", label }: { name?: string; label?: string }) {
  return (
    <PasswordField
      name={name}
      label={label ?? m.accounts_page_password()}
      description={m.accounts_page_password_hint()}
      autoComplete="new-password"
      minLength={12}
      maxLength={128}
      required
      withAsterisk={false}
      error={useFieldError(name)}
    />
  );
}

/** The address somebody signs in with. One that is settled already is shown and stays; `first` has the cursor in it. */
export function EmailField({ settled, first = false }: { settled?: string | undefined; first?: boolean }) {
  const focus = useFirstFocus();
  return (
    <TextInput
      name="email"
      type="email"
      label={m.accounts_page_email()}
      autoComplete="username"
      required
      withAsterisk={false}
      {...(settled === undefined ? {} : { value: settled, readOnly: true })}
      error={useFieldError("email")}
      {...(first ? { ref: focus } : {})}
    />
  );
}

/** What everybody says of themselves who makes an account. An address that is settled already is shown and stays. */
export function AccountFields({ email }: { email?: string | undefined }) {
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
      <EmailField settled={email} />
      <NewPasswordField />
      <TimeZoneField />
    </>
  );
}
