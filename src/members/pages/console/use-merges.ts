import { useEffect, useRef } from "react";
import { useFetcher, useParams } from "react-router";
import { m } from "#words";
import { isFailure } from "#src/web/kit/failure.ts";
import { showDone, showFailure, showUndo } from "#src/web/kit/toast.tsx";
import type { MergeDeed } from "./merge-action.ts";

interface Done {
  readonly done: MergeDeed;
  readonly merge: string | undefined;
}

function isDone(answer: unknown): answer is Done {
  return typeof answer === "object" && answer !== null && "done" in answer;
}

/** What takes a deed back; undefined for what cannot be or is itself an undoing. */
function undoOf({ done, merge }: Done): MergeDeed | undefined {
  if (merge !== undefined) return { do: "separate", merge };
  return done.do === "dismiss" ? { do: "reopen", suggestion: done.suggestion } : undefined;
}

const said: Partial<Record<MergeDeed["do"], () => string>> = {
  accept: m.members_merged,
  merge: m.members_merged,
  separate: m.members_separated,
  dismiss: m.members_suggestion_dismissed,
  reopen: m.members_suggestion_reopened,
};

/** Sends deeds of merging, says what was done and offers to take it back; `undo` does so by keyboard. */
export function useMerges(onDone?: (deed: MergeDeed) => void): {
  act: (deed: MergeDeed) => void;
  undo: () => void;
  busy: boolean;
} {
  const { community } = useParams();
  const fetcher = useFetcher<unknown>();
  const told = useRef<unknown>(undefined);
  const last = useRef<MergeDeed>(undefined);
  const action = `/console/${community}/members/suggestions`;
  const act = (deed: MergeDeed): void =>
    void fetcher.submit(JSON.stringify(deed), { method: "post", action, encType: "application/json" });
  const undo = (): void => {
    const deed = last.current;
    last.current = undefined;
    if (deed !== undefined) act(deed);
  };
  useEffect(() => {
    const answer = fetcher.data;
    if (fetcher.state !== "idle" || answer === undefined || told.current === answer) return;
    told.current = answer;
    if (isFailure(answer)) return showFailure(answer.message);
    if (!isDone(answer)) return;
    onDone?.(answer.done);
    const back = undoOf(answer);
    last.current = back;
    const message = said[answer.done.do]?.();
    if (message === undefined) return;
    if (back === undefined) showDone(message);
    else showUndo(message, () => act(back));
  });
  return { act, undo, busy: fetcher.state !== "idle" };
}
