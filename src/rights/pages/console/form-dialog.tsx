import { Button, Modal } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { m } from "#words";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { showDone } from "#src/web/kit/toast.tsx";

/** A button that opens a form under the same name; once the form is taken the window closes and says so. */
export function FormDialog({ title, children }: { title: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />} onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={<b>{title}</b>}
        closeButtonProps={{ "aria-label": m.web_close() }}
      >
        <ActionForm
          onDone={() => {
            setOpen(false);
            showDone(m.rights_request_saved());
          }}
        >
          {children}
          <SubmitButton fullWidth>{title}</SubmitButton>
        </ActionForm>
      </Modal>
    </>
  );
}
