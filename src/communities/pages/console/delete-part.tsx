import { Button, Modal, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";

/** The way to delete a community: asks for its name. */
export function DeletePart({ name }: { name: string }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  return (
    <Part narrow>
      <SectionHeader title={m.communities_page_delete()} />
      <p>{m.communities_page_delete_text()}</p>
      <Button
        color="danger"
        variant="light"
        leftSection={<IconTrash size={18} stroke={1.7} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {m.communities_page_delete_verb()}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={<b>{m.communities_page_delete()}</b>}
        closeButtonProps={{ "aria-label": m.web_close() }}
      >
        <ActionForm onDone={() => void navigate("/console/communities")}>
          <NameField name={name} />
          <SubmitButton color="danger" fullWidth>
            {m.communities_page_delete_verb()}
          </SubmitButton>
        </ActionForm>
      </Modal>
    </Part>
  );
}

function NameField({ name }: { name: string }) {
  return (
    <>
      <input type="hidden" name="deed" value="delete" />
      <TextInput
        name="confirmed"
        label={m.communities_page_delete_name({ name })}
        autoComplete="off"
        required
        withAsterisk={false}
        error={useFieldError("name")}
        data-autofocus
      />
    </>
  );
}
