import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { m } from "#words";
import { ActionForm, SubmitButton } from "./action-form.tsx";

interface FormModalProps {
  readonly title: string;
  /** What the page's action is told beside the fields; what is undefined is left out. */
  readonly sends: Readonly<Record<string, string | undefined>>;
  /** On the button. */
  readonly submit: string;
  /** Called as well when it is done. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a window of its own, which closes when the deed is done. */
export function FormModal({ title, sends, submit, onClose, children }: FormModalProps) {
  return (
    <Modal opened onClose={onClose} title={<b>{title}</b>} closeButtonProps={{ "aria-label": m.web_close() }}>
      <ActionForm onDone={onClose}>
        {Object.entries(sends).map(
          ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
        )}
        {children}
        <SubmitButton fullWidth>{submit}</SubmitButton>
      </ActionForm>
    </Modal>
  );
}
