import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle, IconArrowBackUp, IconCircleCheck, IconPlayerPause } from "@tabler/icons-react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { isFailure } from "#src/web/kit/failure.ts";
import type { ShownImport } from "./import.tsx";
import { numbersOnly } from "./numbers-only.ts";

const icon = { size: 20, stroke: 1.7, "aria-hidden": true } as const;

/** How an import ended, in a sentence, and how to go on when it did not reach the end of its file. */
export function ImportEnd({ row }: { row: ShownImport }) {
  if (row.status === "failed") {
    return (
      <Alert
        color="danger"
        variant="light"
        icon={<IconAlertTriangle {...icon} />}
        mb="lg"
        title={m.imports_page_failed()}
      >
        <p style={{ margin: "0 0 12px" }}>{row.failed}</p>
        <GoOn label={m.imports_page_retry()} />
      </Alert>
    );
  }
  if (row.status === "cancelled") {
    return (
      <Alert variant="light" icon={<IconPlayerPause {...icon} />} mb="lg" title={m.imports_page_cancelled()}>
        <p style={{ margin: "0 0 12px" }}>{m.imports_page_cancelled_text()}</p>
        <GoOn label={m.imports_page_resume()} />
      </Alert>
    );
  }
  if (row.status === "withdrawn") {
    return (
      <Alert
        variant="light"
        icon={<IconArrowBackUp {...icon} />}
        mb="lg"
        title={
          numbersOnly(row) ? m.imports_numbers_undone() : m.imports_page_undone({ count: row.withdrawn?.messages ?? 0 })
        }
      >
        {row.withdrawn !== null && row.withdrawn.kept > 0 && (
          <p>{m.imports_page_undone_kept({ count: row.withdrawn.kept })}</p>
        )}
        {row.auditReady ? m.imports_page_undone_ready() : m.imports_page_done_counting()}
      </Alert>
    );
  }
  const { stored, updated } = row.counts;
  const sentence = numbersOnly(row)
    ? m.imports_numbers_done({ count: row.counts.numbers })
    : stored + updated > 0
      ? m.imports_page_done({ count: stored })
      : m.imports_page_done_nothing();
  return (
    <Alert color="success" variant="light" icon={<IconCircleCheck {...icon} />} mb="lg" title={sentence}>
      {row.auditReady ? m.imports_page_done_ready() : m.imports_page_done_counting()}
    </Alert>
  );
}

function GoOn({ label }: { label: string }) {
  const fetcher = useFetcher();
  return (
    <fetcher.Form method="post">
      <Button type="submit" name="do" value="resume" loading={fetcher.state !== "idle"}>
        {label}
      </Button>
      {isFailure(fetcher.data) && <p role="alert">{fetcher.data.message}</p>}
    </fetcher.Form>
  );
}
