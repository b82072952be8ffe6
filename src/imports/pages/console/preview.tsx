import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { isFailure } from "#src/web/kit/failure.ts";
import { formatBytes } from "#src/web/kit/format.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt, readRefusal } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import type { Preview } from "../../model.ts";
import { ColumnQuestion } from "./column-question.tsx";
import { choiceOf, startOf, textOf } from "./preview-choice.ts";
import { DateOrderQuestion } from "./date-order-question.tsx";
import { PreviewFacts } from "./preview-facts.tsx";
import classes from "./preview.module.css";
import { SampleTable } from "./sample-table.tsx";
import { SpaceList } from "./space-list.tsx";
import { StartCard } from "./start-card.tsx";
import { TimeZoneQuestion } from "./time-zone-question.tsx";
import { sentenceOf } from "./sentences.ts";

/** Warnings that the questions of this page are about. */
const askedAnyway = ["time-zone", "date-order", "missing-fields", "private-chats"];

function toldOf({ warnings, missing }: Preview): Preview["warnings"] {
  // Without the columns there can be no messages: one trouble at a time.
  const quiet = missing.length > 0 ? [...askedAnyway, "no-messages"] : [...askedAnyway];
  return warnings.filter(({ code }) => !quiet.includes(code));
}

export const meta = () => [{ title: `${m.imports_page_preview_title()} · Veche` }];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { community = "", upload = "" } = params;
  const api = context.get(visitContext).api;
  const { items: communities } = await api.communities.list({});
  const choice = choiceOf(new URL(request.url).searchParams);
  try {
    const preview = await api.imports.preview({ community, id: upload, ...choice });
    const warnings = toldOf(preview).map(({ code, details }) => sentenceOf(`imports_warning_${code}`, details) ?? code);
    return { preview, warnings, refused: undefined, communities, community };
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined) throw error;
    return { preview: undefined, warnings: [], refused: refusal.sentence, communities, community };
  }
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const community = textOf(form.get("community")) ?? "";
  const wanted = { community, upload: params["upload"] ?? "", ...startOf(form) };
  const started = await attempt(() => context.get(visitContext).api.imports.start(wanted));
  return isFailure(started) ? started : redirect(`/console/${community}/imports/${started.id}`);
}

/** What is in a file that arrived, and the few things only a person can know, before anything is stored. */
export default function PreviewPage() {
  const { preview, refused } = useLoaderData<typeof loader>();
  if (preview === undefined) return <NotUnderstood reason={refused ?? ""} />;
  return <Understood preview={preview} />;
}

function NotUnderstood({ reason }: { reason: string }) {
  const again = (
    <Button component={Link} to=".." relative="path">
      {m.imports_page_other_file()}
    </Button>
  );
  return (
    <>
      <PageHeader title={m.imports_page_preview_title()} />
      <EmptyState
        icon={<IconAlertTriangle size={24} stroke={1.6} aria-hidden />}
        title={m.imports_page_not_understood()}
        text={reason}
        action={again}
      />
    </>
  );
}

function Understood({ preview }: { preview: Preview }) {
  const { communities, community, warnings } = useLoaderData<typeof loader>();
  const reader = useReader();
  const size = formatBytes(preview.fileBytes, reader);
  return (
    <>
      <PageHeader
        title={m.imports_page_preview_title()}
        lead={m.imports_page_preview_lead({ name: preview.fileName, size })}
      />
      {warnings.map((warning) => (
        <Alert key={warning} color="warning" variant="light" mb="sm">
          {warning}
        </Alert>
      ))}
      <div className={classes["columns"]}>
        <div className={classes["main"]}>
          <PreviewFacts preview={preview} />
          {preview.columns !== null && <ColumnQuestion preview={preview} columns={preview.columns} />}
          {preview.timeZone.needed && <TimeZoneQuestion value={preview.timeZone.value} />}
          {preview.dates?.isGuess === true && <DateOrderQuestion order={preview.dates.order} />}
          <SpaceList preview={preview} />
        </div>
        <StartCard preview={preview} communities={communities} community={community} />
      </div>
      <SampleTable preview={preview} />
    </>
  );
}
