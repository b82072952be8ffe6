import { useEffect, useRef } from "react";
import { useFetcher, useParams } from "react-router";
import { isFailure } from "#src/web/kit/failure.ts";
import { showFailure } from "#src/web/kit/toast.tsx";
import type { Deed } from "./tools-action.ts";

/** How a deed of the pages of members is done, and whether one is under way. */
export interface Doing {
  readonly perform: (deed: Deed) => void;
  readonly busy: boolean;
}

/**
 * Does something to members through the list's action and shows what was refused. `onDone` gets the answer of the
 * procedure, and the way to do the next thing, such as taking this one back; pages read their data anew by themselves.
 */
export function useDeed(onDone?: (answer: unknown, deed: Deed, perform: Doing["perform"]) => void): Doing {
  const { community } = useParams();
  const fetcher = useFetcher<unknown>();
  const told = useRef<unknown>(undefined);
  const asked = useRef<Deed | undefined>(undefined);
  const perform = (deed: Deed): void => {
    asked.current = deed;
    const action = `/console/${community ?? ""}/members`;
    void fetcher.submit(JSON.stringify(deed), { method: "post", action, encType: "application/json" });
  };
  useEffect(() => {
    const answer = fetcher.data;
    if (fetcher.state !== "idle" || answer === undefined || told.current === answer) return;
    told.current = answer;
    if (isFailure(answer)) showFailure(answer.message);
    else if (asked.current !== undefined) onDone?.(answer, asked.current, perform);
  });
  return { perform, busy: fetcher.state !== "idle" };
}
