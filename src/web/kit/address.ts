import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** Changes to the query of an address: a text sets, undefined removes. */
export type QueryChange = Record<string, string | undefined>;

/** The query of an address after a change. Paging (`after`, `before`) starts anew unless the change itself is about it. */
export function changedQuery(query: URLSearchParams, change: QueryChange): string {
  const next = new URLSearchParams(query);
  if (!("after" in change) && !("before" in change)) for (const name of ["after", "before"]) next.delete(name);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === "" ? "" : `?${text}`;
}

/** The query of this page as state: lists keep search, filters and paging in the address, so that every view can be linked to. */
export function useQuery(): {
  read: (name: string) => string | undefined;
  change: (change: QueryChange, options?: { replace?: boolean }) => void;
  href: (change: QueryChange) => string;
} {
  const [query, setQuery] = useSearchParams();
  const read = useCallback((name: string) => query.get(name) ?? undefined, [query]);
  const change = useCallback(
    (wanted: QueryChange, options: { replace?: boolean } = {}) =>
      setQuery((old) => new URLSearchParams(changedQuery(old, wanted)), { preventScrollReset: true, ...options }),
    [setQuery],
  );
  const href = useCallback((wanted: QueryChange) => changedQuery(query, wanted) || "?", [query]);
  return { read, change, href };
}
