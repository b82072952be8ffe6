import { Tag } from "#src/web/kit/tag.tsx";
import type { ImportStatus } from "../../model.ts";
import { statusName } from "./words-of.ts";

const tones = {
  waiting: "quiet",
  running: "accent",
  cancelling: "warning",
  cancelled: "quiet",
  failed: "bad",
  done: "good",
  withdrawing: "warning",
  withdrawn: "quiet",
} as const satisfies Record<ImportStatus, "quiet" | "good" | "warning" | "bad" | "accent">;

/** How an import is, as a word beside its name. */
export function StatusTag({ status }: { status: ImportStatus }) {
  return <Tag tone={tones[status]}>{statusName(status)}</Tag>;
}

/** Whether something still happens by itself. */
export function isUnderWay(status: ImportStatus): boolean {
  return status === "waiting" || status === "running" || status === "cancelling" || status === "withdrawing";
}
