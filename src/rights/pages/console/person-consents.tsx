import { Select, TextInput } from "@mantine/core";
import { useParams } from "react-router";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { ListTable } from "#src/web/kit/list-table.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import type { Consent, ConsentText } from "../../model.ts";
import { consentColumns } from "./consent-columns.tsx";

/** What a person agreed to, and the form that writes another consent down. */
export function PersonConsents(props: {
  consents: readonly Consent[];
  texts: readonly ConsentText[];
  mayChange: boolean;
}) {
  const { community = "" } = useParams();
  const reader = useReader();
  const { consents, texts, mayChange } = props;
  return (
    <Part>
      <SectionHeader title={m.rights_consent_list()} />
      <ListTable
        label={m.rights_consent_list()}
        columns={consentColumns(reader, { community, withMember: false, mayChange })}
        rows={consents}
        rowKey={(row) => row.id}
        empty={<p>{m.rights_consent_none_here()}</p>}
      />
      {mayChange && texts.length > 0 && (
        <ActionForm
          resetOnDone
          onDone={() => showDone(m.rights_request_saved())}
          style={{ marginTop: 24, maxWidth: 448 }}
        >
          <Fields texts={texts} />
          <SubmitButton>{m.rights_consent_new()}</SubmitButton>
        </ActionForm>
      )}
    </Part>
  );
}

function Fields({ texts }: { texts: readonly ConsentText[] }) {
  return (
    <>
      <input type="hidden" name="deed" value="consent" />
      <Select
        name="text"
        label={m.rights_consent_wording()}
        data={texts.map(({ id, purpose, version }) => ({ value: id, label: `${purpose} · ${version}` }))}
        defaultValue={texts[0]?.id ?? null}
        allowDeselect={false}
      />
      <TextInput
        name="place"
        label={m.rights_consent_where()}
        maxLength={300}
        required
        withAsterisk={false}
        error={useFieldError("place")}
      />
    </>
  );
}
