import { Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import { regimes, requestKinds } from "../../model.ts";
import { kindWords, regimeWords } from "./request-words.tsx";

/** The button and the form that write a request down. `memberId` where it is known who asks. */
export function NewRequest({ today, memberId }: { today: string; memberId?: string | undefined }) {
  const [open, setOpen] = useState(false);
  const title = m.rights_request_new();
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
          <Fields today={today} memberId={memberId} />
          <SubmitButton fullWidth>{title}</SubmitButton>
        </ActionForm>
      </Modal>
    </>
  );
}

function Fields({ today, memberId }: { today: string; memberId: string | undefined }) {
  return (
    <>
      <Select
        name="kind"
        label={m.rights_request_kind()}
        data={requestKinds.map((kind) => ({ value: kind, label: kindWords[kind]() }))}
        defaultValue="access"
        allowDeselect={false}
      />
      <Select
        name="regime"
        label={m.rights_request_regime()}
        data={regimes.map((regime) => ({ value: regime, label: regimeWords[regime]() }))}
        defaultValue="gdpr"
        allowDeselect={false}
      />
      <TextInput
        name="askedBy"
        label={m.rights_request_asked_by()}
        maxLength={300}
        required
        withAsterisk={false}
        error={useFieldError("askedBy")}
        data-autofocus
      />
      <Textarea name="details" label={m.rights_request_details()} autosize minRows={2} maxRows={8} />
      <TextInput
        type="date"
        name="receivedOn"
        label={m.rights_request_received()}
        defaultValue={today}
        max={today}
        error={useFieldError("receivedOn")}
      />
      <TextInput
        name="member"
        label={m.rights_request_member()}
        defaultValue={memberId ?? ""}
        error={useFieldError("member")}
      />
    </>
  );
}
