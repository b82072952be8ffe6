import { Modal, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import type { Role } from "../../model.ts";
import { OnceShown } from "#src/web/kit/once-shown.tsx";
import { RoleSelect } from "./role-select.tsx";

interface Made {
  link: string;
  isMailed: boolean;
}

function madeOf(answer: unknown): Made | undefined {
  const isMade = typeof answer === "object" && answer !== null && "link" in answer && typeof answer.link === "string";
  return isMade ? { link: String(answer.link), isMailed: "isMailed" in answer && answer.isMailed === true } : undefined;
}

export interface InviteFormProps {
  open: boolean;
  onClose: () => void;
  /** Those that may be given. */
  roles: readonly Role[];
  language: Locale;
  sendsMail: boolean;
}

/** Asks whom to invite and as what, then shows the link. */
export function InviteForm({ open, onClose, ...fields }: InviteFormProps) {
  const [made, setMade] = useState<Made>();
  const close = () => {
    setMade(undefined);
    onClose();
  };
  const title = <b>{made === undefined ? m.accounts_page_invite() : m.accounts_page_invited()}</b>;
  return (
    <Modal opened={open} onClose={close} title={title} closeButtonProps={{ "aria-label": m.web_close() }}>
      {made === undefined ? (
        <ActionForm onDone={(answer) => setMade(madeOf(answer))}>
          <Fields {...fields} />
          <SubmitButton name="deed" value="invite" fullWidth>
            {m.accounts_page_invite_make()}
          </SubmitButton>
        </ActionForm>
      ) : (
        <OnceShown
          text={made.isMailed ? m.accounts_page_invited_mailed() : m.accounts_page_invited_pass_on()}
          secret={made.link}
        />
      )}
    </Modal>
  );
}

const DAYS = [1, 3, 7, 14, 30];

function Fields({ roles, language, sendsMail }: Omit<InviteFormProps, "open" | "onClose">) {
  const [email, setEmail] = useState("");
  const languages = [
    { value: "en", label: "English" },
    { value: "ru", label: "Русский" },
  ];
  return (
    <>
      <RoleSelect roles={roles} />
      <TextInput
        name="email"
        type="email"
        label={m.accounts_page_invite_email()}
        description={sendsMail ? m.accounts_page_invite_email_hint() : m.accounts_page_invite_no_mail()}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        maxLength={254}
        error={useFieldError("email")}
      />
      {sendsMail && email !== "" && (
        <Select
          name="language"
          label={m.accounts_page_invite_language()}
          data={languages}
          defaultValue={language}
          allowDeselect={false}
        />
      )}
      <Select
        name="days"
        label={m.accounts_page_invite_days()}
        data={DAYS.map((count) => ({ value: String(count), label: m.accounts_page_days({ count }) }))}
        defaultValue="7"
        allowDeselect={false}
      />
    </>
  );
}
