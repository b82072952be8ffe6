import { Alert } from "@mantine/core";
import { useEffect } from "react";
import { useParams, useRevalidator } from "react-router";
import { m } from "#words";
import { formatMoment, formatNumber } from "#src/web/kit/format.ts";
import { ProgressPanel } from "#src/web/kit/progress-panel.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { Tag } from "#src/web/kit/tag.tsx";
import { useChanges } from "#src/web/kit/use-changes.ts";
import type { Erasure } from "../../model.ts";

/** How often a page asks while an erasure runs and nobody tells of it, in milliseconds. */
const ASK_EVERY_MS = 2000;

/** Keeps the page up to date while an erasure is under way. */
export function useErasureNews(underWay: boolean): void {
  const { community } = useParams();
  const { revalidate } = useRevalidator();
  useChanges({ community: underWay ? community : undefined, topics: ["erasures"] }, () => void revalidate());
  useEffect(() => {
    if (!underWay) return undefined;
    const timer = setInterval(() => void revalidate(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [underWay, revalidate]);
}

/** Whether there is more to do. */
export function isUnderWay({ state }: Erasure): boolean {
  return state === "waiting" || state === "running";
}

/** An erasure's state in a word. */
export function ErasureTag({ erasure: { state } }: { erasure: Erasure }) {
  if (state === "done") return <Tag tone="good">{m.rights_erasure_done()}</Tag>;
  if (state === "failed") return <Tag tone="bad">{m.rights_erasure_failed()}</Tag>;
  return <Tag tone="accent">{m.rights_erasure_running()}</Tag>;
}

/** How far an erasure is, or how it ended. */
export function ErasureState({ erasure }: { erasure: Erasure }) {
  const reader = useReader();
  const { state, step, report, failure, finishedAt } = erasure;
  const own = formatNumber(report.own, reader);
  const others = formatNumber(report.others, reader);
  if (state === "failed")
    return (
      <Alert color="danger" variant="light" role="alert" title={m.rights_erasure_left()}>
        {failure ?? m.rights_erasure_failed()}
      </Alert>
    );
  if (state === "done" && finishedAt !== null)
    return (
      <Alert color="accent" variant="light" title={m.rights_erasure_nothing_left()}>
        {m.rights_erasure_ended({ moment: formatMoment(Date.parse(finishedAt), reader), own, others })}
      </Alert>
    );
  const share = step === "messages" ? Math.min(1, report.seen / Math.max(1, report.total)) * 0.9 : undefined;
  const detail = step === "messages" ? m.rights_erasure_so_far({ own, others }) : m.rights_erasure_counting();
  return <ProgressPanel title={m.rights_erasure_going()} share={share} detail={detail} />;
}
