import { useEffect, useRef } from "react";
import { useFetcher } from "react-router";
import { isFailure } from "#src/web/kit/failure.ts";
import { showFailure } from "#src/web/kit/toast.tsx";

/** Sends what is to be done to the page's action. */
export type Perform = (fields: Record<string, string>) => void;

/** Does something on a page and shows what was refused; `onDone` hears of what was done, and may have it undone by `next`. */
export function usePerform(onDone?: (fields: Record<string, string>, next: Perform) => void): {
  perform: Perform;
  isBusy: boolean;
} {
  const fetcher = useFetcher<unknown>();
  const sent = useRef<Record<string, string>>({});
  const told = useRef<unknown>(undefined);
  const perform: Perform = (fields) => {
    sent.current = fields;
    void fetcher.submit(fields, { method: "post" });
  };
  useEffect(() => {
    if (fetcher.state !== "idle" || told.current === fetcher.data) return;
    told.current = fetcher.data;
    if (isFailure(fetcher.data)) showFailure(fetcher.data.message);
    else onDone?.(sent.current, perform);
  });
  return { perform, isBusy: fetcher.state !== "idle" };
}
