import { useFetcher } from "react-router";
import { m } from "#words";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatBytes, formatNumber } from "#src/web/kit/format.ts";
import { ProgressPanel } from "#src/web/kit/progress-panel.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import type { Import } from "../../model.ts";

/** A running import: how far it is, how fast, how long it still takes, and a way to stop it. */
export function ImportProgress({ row }: { row: Import }) {
  const reader = useReader();
  const fetcher = useFetcher();
  const done = row.counts.stored + row.counts.updated + row.counts.repeated;
  const parts = [
    m.imports_page_progress_messages({ count: done }),
    m.imports_page_progress_read({
      sent: formatBytes(row.readBytes, reader),
      whole: formatBytes(row.fileBytes, reader),
    }),
    ...(row.rate === null ? [] : [m.imports_page_progress_rate({ rate: formatNumber(row.rate, reader, 0) })]),
  ];
  const cancelling = row.status === "cancelling" || fetcher.state !== "idle";
  return (
    <Confirm
      title={m.imports_page_cancel_title()}
      text={m.imports_page_cancel_text()}
      confirm={m.imports_page_cancel()}
      danger
      onConfirm={() => void fetcher.submit({ do: "cancel" }, { method: "post" })}
    >
      {(ask) => (
        <>
          <ProgressPanel
            title={row.status === "waiting" ? m.imports_page_waiting() : m.imports_page_running()}
            share={row.status === "waiting" || row.fileBytes === 0 ? undefined : row.readBytes / row.fileBytes}
            detail={parts.join(" · ")}
            remainingMs={row.secondsLeft === null ? undefined : row.secondsLeft * 1000}
            cancelling={cancelling}
            onCancel={ask}
          />
          <p style={{ color: "var(--v-dim)" }}>{m.imports_page_may_leave()}</p>
        </>
      )}
    </Confirm>
  );
}
