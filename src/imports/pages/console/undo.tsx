import { Alert, Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { ProgressPanel } from "#src/web/kit/progress-panel.tsx";
import type { ShownImport } from "./import.tsx";
import { numbersOnly } from "./numbers-only.ts";

/** Takes out again what an import brought, after asking. */
export function UndoImport({ row }: { row: ShownImport }) {
  const fetcher = useFetcher();
  return (
    <section style={{ marginTop: 48 }}>
      <SectionHeader topic={m.imports_page_undo_topic()} title={m.imports_page_undo_title()} />
      <p style={{ margin: "0 0 16px", maxWidth: "64ch" }}>{m.imports_page_undo_lead()}</p>
      <Confirm
        title={m.imports_page_undo_ask({ name: row.fileName })}
        text={
          numbersOnly(row)
            ? m.imports_numbers_undo_text({ count: row.counts.numbers })
            : m.imports_page_undo_text({ count: row.counts.stored })
        }
        confirm={m.imports_page_undo()}
        danger
        onConfirm={() => void fetcher.submit({ do: "undo" }, { method: "post" })}
      >
        {(ask) => (
          <Button
            variant="default"
            loading={fetcher.state !== "idle"}
            leftSection={<IconArrowBackUp size={18} stroke={1.7} aria-hidden />}
            onClick={ask}
          >
            {m.imports_page_undo()}
          </Button>
        )}
      </Confirm>
      {isFailure(fetcher.data) && <p role="alert">{fetcher.data.message}</p>}
    </section>
  );
}

/** How far the undoing of an import is, and what went wrong with it. */
export function UndoProgress({ row }: { row: ShownImport }) {
  const { messages, kept } = row.withdrawn ?? { messages: 0, kept: 0 };
  const { stored } = row.counts;
  return (
    <>
      <ProgressPanel
        title={m.imports_page_undoing()}
        share={stored === 0 || row.withdrawn === null ? undefined : Math.min(1, (messages + kept) / stored)}
        detail={numbersOnly(row) ? undefined : m.imports_page_undone({ count: messages })}
      />
      {row.failure !== null && (
        <Alert color="danger" variant="light" my="lg" title={m.imports_page_undo_trouble()}>
          {row.failed}
        </Alert>
      )}
    </>
  );
}
