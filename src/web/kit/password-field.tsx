import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { m } from "#words";

/** A field for a password, with an eye that shows what was typed. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": m.web_password_show() }}
      {...props}
    />
  );
}
