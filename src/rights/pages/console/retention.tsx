import { Button, Modal, Select } from "@mantine/core";
import { useState } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { formatMoment, formatNumber } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import { type Retention, retentionKinds, type RetentionKind } from "../../model.ts";
import { RightsTabs } from "./rights-tabs.tsx";

export const meta = () => [{ title: `${m.rights_tab_retention()} · ${m.web_name()}` }];

/** Periods that are offered, in days; 0 stands for ever. */
const CHOICES = [0, 30, 90, 180, 365, 730, 1095, 1825] as const;

const names: Record<RetentionKind, [name: () => string, about: () => string]> = {
  "message-texts": [m.rights_keep_message_texts, m.rights_keep_message_texts_about],
  "broken-pieces": [m.rights_keep_broken_pieces, m.rights_keep_broken_pieces_about],
  "closed-requests": [m.rights_keep_closed_requests, m.rights_keep_closed_requests_about],
};

const periodName = (days: number | null): string =>
  days === null || days === 0 ? m.rights_keep_for_ever() : m.rights_days({ count: days });

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const [{ items }, about] = await Promise.all([
    api.rights.retention({ community }),
    api.communities.get({ community }),
  ]);
  return { items, mayChange: allows(about.role, "rights.change") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { rights } = context.get(visitContext).api;
  const form = await request.formData();
  const community = params["community"] ?? "";
  const kind = retentionKinds.find((each) => each === formText(form, "kind")) ?? "broken-pieces";
  const days = Number(formText(form, "days"));
  if (formText(form, "deed") === "look")
    return attempt(async () => (days === 0 ? { count: 0 } : await rights.retentionPreview({ community, kind, days })));
  return attempt(() => rights.setRetention({ community, kind, days: days === 0 ? null : days }));
}

/** For how long each kind of data is kept. */
export default function RetentionPage() {
  const { items, mayChange } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.rights_title()} lead={m.rights_retention_lead()} />
      <RightsTabs />
      {items.map((rule) => (
        <Rule key={rule.kind} rule={rule} mayChange={mayChange} />
      ))}
    </>
  );
}

function Rule({ rule, mayChange }: { rule: Retention; mayChange: boolean }) {
  const reader = useReader();
  const [open, setOpen] = useState(false);
  const [name, about] = names[rule.kind];
  const { appliedAt, removed } = rule;
  return (
    <Part narrow>
      <SectionHeader title={`${name()}: ${periodName(rule.days)}`} />
      <p>{about()}</p>
      {appliedAt !== null && (
        <p style={{ color: "var(--v-dim)" }}>
          {m.rights_keep_last({
            moment: formatMoment(Date.parse(appliedAt), reader),
            count: formatNumber(removed, reader),
          })}
        </p>
      )}
      {mayChange && (
        <Button
          variant="default"
          onClick={() => setOpen(true)}
          aria-label={`${m.rights_keep_set()}: ${m.rights_keep_title({ name: name() })}`}
        >
          {m.rights_keep_set()}
        </Button>
      )}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={<b>{m.rights_keep_title({ name: name() })}</b>}
        closeButtonProps={{ "aria-label": m.web_close() }}
      >
        <ActionForm
          onDone={() => {
            setOpen(false);
            showDone(m.rights_request_saved());
          }}
        >
          <PeriodField rule={rule} />
          <SubmitButton fullWidth>{m.rights_keep_save()}</SubmitButton>
        </ActionForm>
      </Modal>
    </Part>
  );
}

/** The choice of a period; what it would remove is told before it is set. */
function PeriodField({ rule }: { rule: Retention }) {
  const preview = useFetcher<unknown>();
  const [days, setDays] = useState(String(rule.days ?? 0));
  const choose = (value: string | null): void => {
    setDays(value ?? "0");
    void preview.submit({ deed: "look", kind: rule.kind, days: value ?? "0" }, { method: "post" });
  };
  const choices = [...new Set([...CHOICES, rule.days ?? 0])].toSorted((a, b) => a - b);
  return (
    <>
      <input type="hidden" name="kind" value={rule.kind} />
      <Select
        name="days"
        label={m.rights_keep_period()}
        data={choices.map((each) => ({ value: String(each), label: periodName(each) }))}
        value={days}
        onChange={choose}
        allowDeselect={false}
        data-autofocus
      />
      <p role="status" style={{ margin: 0, minHeight: 24 }}>
        {days !== "0" && isCount(preview.data) && m.rights_keep_would({ count: preview.data.count })}
      </p>
    </>
  );
}

function isCount(answer: unknown): answer is { count: number } {
  return typeof answer === "object" && answer !== null && "count" in answer && typeof answer.count === "number";
}
