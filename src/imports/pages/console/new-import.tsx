import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { FileDrop } from "#src/web/kit/file-drop.tsx";
import { formatBytes } from "#src/web/kit/format.ts";
import { PageHeader, Step } from "#src/web/kit/page-header.tsx";
import { ProgressPanel } from "#src/web/kit/progress-panel.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { FILE_BYTES } from "../../model.ts";
import { ExportSteps } from "./export-steps.tsx";
import { type Carrying, useCarrier } from "./use-carrier.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { imports } = context.get(visitContext).api;
  const before = await imports.list({ community: params["community"] ?? "", limit: 1 });
  return { limit: FILE_BYTES, isFirst: before.items.length === 0 };
}

export const meta = () => [{ title: `${m.imports_page_new()} · Veche` }];

/** Where a file of history is dropped and brought to the server. */
export default function NewImportPage() {
  const { community = "" } = useParams();
  const { limit, isFirst } = useLoaderData<typeof loader>();
  const { state, unfinished, bring, cancel } = useCarrier(community, limit);
  return (
    <>
      {isFirst && <Step text={m.imports_page_step({ step: 3 })} />}
      <PageHeader title={m.imports_page_new()} lead={m.imports_page_new_lead()} />
      {state.kind === "failed" && <Trouble message={state.message} />}
      {state.kind === "resting" && unfinished !== undefined && (
        <Alert variant="light" mb="md">
          {m.imports_page_unfinished({ name: unfinished.name, percent: unfinished.percent })}
        </Alert>
      )}
      {state.kind === "carrying" && <Carriage state={state} onCancel={cancel} />}
      {state.kind === "arrived" && (
        <ProgressPanel title={m.imports_page_reading({ name: state.name })} share={undefined} />
      )}
      {(state.kind === "resting" || state.kind === "failed") && (
        <FileDrop
          title={m.imports_page_drop_title()}
          text={m.imports_page_drop_text()}
          accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz,.zip"
          onFile={bring}
        />
      )}
      <div style={{ marginTop: 40 }}>
        <ExportSteps />
      </div>
    </>
  );
}

function Trouble({ message }: { message: string }) {
  return (
    <Alert
      role="alert"
      color="danger"
      variant="light"
      mb="md"
      icon={<IconAlertTriangle size={20} stroke={1.7} aria-hidden />}
    >
      {message}
    </Alert>
  );
}

function Carriage({ state, onCancel }: { state: Carrying; onCancel: () => void }) {
  const reader = useReader();
  const size = { sent: formatBytes(state.sent, reader), whole: formatBytes(state.bytes, reader) };
  return (
    <Confirm
      title={m.imports_page_upload_stop_title()}
      text={m.imports_page_upload_stop_text()}
      confirm={m.imports_page_upload_stop()}
      onConfirm={onCancel}
    >
      {(ask) => (
        <>
          <ProgressPanel
            title={m.imports_page_uploading({ name: state.name })}
            share={state.bytes === 0 ? undefined : state.sent / state.bytes}
            detail={m.imports_page_upload_size(size)}
            remainingMs={state.remainingMs}
            onCancel={ask}
          />
          <p style={{ color: "var(--v-dim)" }}>{m.imports_page_upload_stay()}</p>
        </>
      )}
    </Confirm>
  );
}
