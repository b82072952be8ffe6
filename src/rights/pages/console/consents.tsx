import { Textarea, TextInput } from "@mantine/core";
import { IconSignature } from "@tabler/icons-react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { useQuery } from "#src/web/kit/address.ts";
import { formatNumber, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import type { ConsentText } from "../../model.ts";
import { consentColumns } from "./consent-columns.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { RightsTabs } from "./rights-tabs.tsx";

export const meta = () => [{ title: `${m.rights_tab_consents()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const after = new URL(request.url).searchParams.get("after");
  const [texts, consents, about] = await Promise.all([
    api.rights.consentTexts({ community }),
    api.rights.consents({ community, limit: PAGE_SIZE, ...(after !== null && { after }) }),
    api.communities.get({ community }),
  ]);
  return { texts: texts.items, consents, mayChange: allows(about.role, "rights.change") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { rights } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const form = await request.formData();
  const withdrawn = formText(form, "withdraw");
  if (withdrawn !== "") return attempt(() => rights.withdrawConsent({ community, id: withdrawn }));
  return attempt(() =>
    rights.addConsentText({ community, purpose: formText(form, "purpose"), text: formText(form, "text") }),
  );
}

/** Wordings of consent and who agreed to them. */
export default function ConsentsPage() {
  const { texts, consents, mayChange } = useLoaderData<typeof loader>();
  const { community = "" } = useParams();
  const { read, href } = useQuery();
  const reader = useReader();
  const icon = <IconSignature size={24} stroke={1.6} aria-hidden />;
  const make = mayChange ? <NewText /> : undefined;
  return (
    <>
      <PageHeader
        title={m.rights_title()}
        lead={m.rights_consents_lead()}
        action={texts.length > 0 ? make : undefined}
      />
      <RightsTabs />
      <Part>
        <SectionHeader title={m.rights_texts()} />
        <ListTable
          label={m.rights_texts()}
          columns={textColumns(reader)}
          rows={texts}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={icon} title={m.rights_texts_none()} text={m.rights_texts_none_text()} action={make} />
          }
        />
      </Part>
      <Part>
        <SectionHeader title={m.rights_consent_list()} />
        <ListTable
          label={m.rights_consent_list()}
          columns={consentColumns(reader, { community, withMember: true, mayChange })}
          rows={consents.items}
          rowKey={(row) => row.id}
          empty={<p>{m.rights_consents_none_text()}</p>}
          next={consents.next === null ? undefined : href({ after: consents.next })}
          previous={read("after") === undefined ? undefined : href({ after: undefined })}
        />
      </Part>
    </>
  );
}

function textColumns(reader: Reader): Column<ConsentText>[] {
  return [
    {
      key: "purpose",
      title: m.rights_text_purpose(),
      cell: (row) => (
        <>
          <b>{row.purpose}</b>
          <p style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{row.text}</p>
        </>
      ),
    },
    { key: "version", title: m.rights_text_version(), align: "right", wide: true, cell: (row) => row.version },
    {
      key: "hash",
      title: m.rights_text_hash(),
      wide: true,
      short: true,
      cell: (row) => <code title={row.hash}>{row.hash.slice(0, 12)}…</code>,
    },
    {
      key: "standing",
      title: m.rights_text_standing(),
      align: "right",
      cell: (row) => formatNumber(row.standing, reader),
    },
  ];
}

function NewText() {
  return (
    <FormDialog title={m.rights_text_new()}>
      <TextFields />
    </FormDialog>
  );
}

function TextFields() {
  return (
    <>
      <TextInput
        name="purpose"
        label={m.rights_text_purpose()}
        maxLength={200}
        required
        withAsterisk={false}
        error={useFieldError("purpose")}
        data-autofocus
      />
      <Textarea
        name="text"
        label={m.rights_text_text()}
        autosize
        minRows={4}
        maxRows={16}
        required
        withAsterisk={false}
        error={useFieldError("text")}
      />
    </>
  );
}
