import { useEffect, useRef } from "react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { isFailure } from "#src/web/kit/failure.ts";
import { showFailure, showUndo } from "#src/web/kit/toast.tsx";
import type { Mark } from "../../model.ts";

/** What the action of marking answers when it went well. */
export interface MarksDone {
  readonly changed: number;
  readonly before: readonly Mark[];
}

function isDone(answer: unknown): answer is MarksDone {
  return typeof answer === "object" && answer !== null && "changed" in answer && "before" in answer;
}

/**
 * Marks members through the list's action, says how many changed and offers to take it back. `onDone` is called when it
 * went well.
 */
export function useMarks(
  action: string,
  onDone?: () => void,
): { mark: (marks: readonly Mark[]) => void; busy: boolean } {
  const fetcher = useFetcher<unknown>();
  const told = useRef<unknown>(undefined);
  const undoing = useRef(false);
  const mark = (marks: readonly Mark[]): void =>
    void fetcher.submit(JSON.stringify({ marks }), { method: "post", action, encType: "application/json" });
  useEffect(() => {
    const answer = fetcher.data;
    if (fetcher.state !== "idle" || answer === undefined || told.current === answer) return;
    told.current = answer;
    if (isFailure(answer)) return showFailure(answer.message);
    if (!isDone(answer)) return;
    onDone?.();
    if (undoing.current || answer.changed === 0) {
      undoing.current = false;
      return;
    }
    showUndo(m.members_marked({ count: answer.changed }), () => {
      undoing.current = true;
      mark(answer.before);
    });
  });
  return { mark, busy: fetcher.state !== "idle" };
}
