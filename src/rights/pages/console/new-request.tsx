import { Select, Textarea, TextInput } from "@mantine/core";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { regimes, requestKinds } from "../../model.ts";
import { FormDialog } from "./form-dialog.tsx";
import { MemberField } from "./member-field.tsx";
import { kindWords, regimeWords } from "./request-words.tsx";

/** The button and the form that write a request down. `memberId` where it is known who asks. */
export function NewRequest({ today, memberId }: { today: string; memberId?: string | undefined }) {
  return (
    <FormDialog title={m.rights_request_new()}>
      <Fields today={today} memberId={memberId} />
    </FormDialog>
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
      {memberId === undefined ? <MemberField /> : <input type="hidden" name="member" value={memberId} />}
    </>
  );
}
