import { Button } from "@mantine/core";
import { IconReportAnalytics } from "@tabler/icons-react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatBytes, formatMoment } from "#src/web/kit/format.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import type { Import } from "../../model.ts";
import { ImportEnd } from "./import-end.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { ImportReport } from "./import-report.tsx";
import { reasonName, sentenceOf } from "./sentences.ts";
import { isUnderWay, StatusTag } from "./status.tsx";
import { useFreshness } from "./use-freshness.ts";
import { UndoImport, UndoProgress } from "./undo.tsx";
import { formatName } from "./words-of.ts";

export const meta = () => [{ title: `${m.imports_page_title()} · Veche` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { community = "", import: id = "" } = params;
  const row = await context.get(visitContext).api.imports.get({ community, id });
  const skipped = row.skipped.map((one) => ({ ...one, name: reasonName(one.reason) }));
  const failed = row.failure && sentenceOf(`refusal_${row.failure.code}`, row.failure.details);
  return { ...row, skipped, failed: failed ?? m.imports_page_failed_text() };
}

/** An import with its codes in words. */
export type ShownImport = Awaited<ReturnType<typeof loader>>;

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { community = "", import: id = "" } = params;
  const { imports } = context.get(visitContext).api;
  const wanted = (await request.formData()).get("do");
  if (wanted === "again") return attempt(() => imports.tryAgain({ community, id }));
  if (wanted === "undo") return attempt(() => imports.undo({ community, id }));
  return attempt(() => (wanted === "cancel" ? imports.cancel({ community, id }) : imports.resume({ community, id })));
}

/** One import: how far it is while it runs, and afterwards what became of every message in the file. */
export default function ImportPage() {
  const row = useLoaderData<typeof loader>();
  const { community } = useParams();
  const reader = useReader();
  const underWay = isUnderWay(row.status);
  useFreshness(underWay || (isCounted(row) && !row.auditReady));
  const audit = row.counts.stored > 0 || row.counts.repeated > 0 || row.counts.numbers > 0;
  const leave = (
    <Button
      component={Link}
      to={`/console/${community}/audit`}
      variant={row.status === "done" ? "filled" : "default"}
      leftSection={<IconReportAnalytics size={18} stroke={1.7} aria-hidden />}
    >
      {m.imports_page_see_audit()}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={<TitleOf row={row} />}
        lead={m.imports_page_import_lead({
          format: formatName(row.format),
          size: formatBytes(row.fileBytes, reader),
          when: formatMoment(Date.parse(row.createdAt), reader),
          who: row.startedBy?.name ?? m.imports_page_by_machine(),
        })}
        action={!underWay && audit ? leave : undefined}
      />
      {row.status === "withdrawing" ? (
        <UndoProgress row={row} />
      ) : underWay ? (
        <ImportProgress row={row} />
      ) : (
        <ImportEnd row={row} />
      )}
      {(!underWay || row.counts.skipped > 0) && <ImportReport row={row} />}
      {row.mayUndo && <UndoImport row={row} />}
    </>
  );
}

/** Whether the audit is counted anew because of it. */
function isCounted({ status }: Import): boolean {
  return status === "done" || status === "withdrawn";
}

function TitleOf({ row }: { row: Import }) {
  return (
    <>
      <bdi>{row.fileName}</bdi> <StatusTag status={row.status} />
    </>
  );
}
