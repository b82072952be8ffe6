import { useState } from "react";
import { useFetcher, useLocation } from "react-router";
import { changedQuery } from "#src/web/kit/address.ts";

/** One page of rows as the loader of the panel hands it out. */
export interface Rows<Row> {
  readonly items: readonly Row[];
  readonly total?: number | undefined;
  readonly next?: string | null | undefined;
}

/** Rows of a list that grows page by page, without leaving what has been read. */
export function useMoreRows<Row>(first: Rows<Row>): {
  rows: readonly Row[];
  total: number | undefined;
  /** Asks for the next page; undefined on the last. */
  more: (() => void) | undefined;
  loading: boolean;
} {
  const fetcher = useFetcher<{ page: Rows<Row> }>();
  const { pathname, search } = useLocation();
  const [pages, setPages] = useState<readonly Rows<Row>[]>([first]);
  const fetched = fetcher.data?.page;
  const known = fetched === undefined || pages.includes(fetched) ? pages : [...pages, fetched];
  const { next } = known.at(-1) ?? first;
  function more(after: string): void {
    setPages(known);
    void fetcher.load(`${pathname}${changedQuery(new URLSearchParams(search), { after })}`);
  }
  return {
    rows: known.flatMap(({ items }) => items),
    total: first.total,
    more: next === undefined || next === null ? undefined : () => more(next),
    loading: fetcher.state !== "idle",
  };
}
