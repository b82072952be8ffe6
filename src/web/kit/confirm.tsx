import { Button, Group, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { m } from "#words";

export interface ConfirmProps {
  /** The question: "Delete the community?" */
  title: string;
  /** What will happen and whether it can be taken back. */
  text: ReactNode;
  /** The verb of the deed, on the button. */
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
  /** Draws the button that asks. */
  children: (ask: () => void) => ReactNode;
}

/** Asks before something that cannot simply be undone. The safe answer has the focus. */
export function Confirm(props: ConfirmProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      {props.children(() => setOpen(true))}
      <Modal
        opened={open}
        onClose={close}
        title={<b>{props.title}</b>}
        closeButtonProps={{ "aria-label": m.web_close() }}
      >
        <p style={{ margin: "0 0 24px" }}>{props.text}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={close}>
            {m.web_cancel()}
          </Button>
          <Button
            color={props.danger === true ? "danger" : "accent"}
            onClick={() => {
              close();
              props.onConfirm();
            }}
          >
            {props.confirm}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
